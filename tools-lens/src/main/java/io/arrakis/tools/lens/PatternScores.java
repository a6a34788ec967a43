package io.arrakis.tools.lens;

import java.util.function.IntUnaryOperator;

/**
 * Scores of the attention of one head over one input.
 *
 * <p>Each is a mean over queries of the attention that goes where the score says, so it lies between 0 and 1. A score for
 * which an input has no query is NaN.
 *
 * @see "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits; Olsson et al. 2022, In-context Learning and
 *     Induction Heads; Wang et al. 2023, Interpretability in the Wild"
 */
final class PatternScores {

    private final int[] tokens;
    private final boolean causal;

    /**
     * Scores attention over an input.
     *
     * @param tokens its token ids
     * @param causal whether no query sees a later key
     */
    PatternScores(int[] tokens, boolean causal) {
        this.tokens = tokens;
        this.causal = causal;
    }

    /** Returns the mean attention on the token just before; the first position has none. */
    double previousToken(AttentionPattern pattern) {
        return onOffset(pattern, 1, tokens.length, query -> query - 1);
    }

    /** Returns the mean attention on the first position, over all other queries. */
    double firstToken(AttentionPattern pattern) {
        return onOffset(pattern, 1, tokens.length, query -> 0);
    }

    /** Returns the mean attention on the same token at other places that the query sees, over queries that have one. */
    double duplicateToken(AttentionPattern pattern) {
        double sum = 0;
        int queries = 0;
        for (int query = 0; query < tokens.length; query++) {
            boolean any = false;
            int end = causal ? query : tokens.length;
            for (int key = 0; key < end; key++) {
                if (key != query && tokens[key] == tokens[query]) {
                    sum += pattern.at(query, key);
                    any = true;
                }
            }
            queries += any ? 1 : 0;
        }
        return sum / queries;
    }

    /**
     * Returns the mean attention on the token after the same token in the first copy, over the second copy.
     *
     * @param first  position of the first word of the first copy
     * @param length words of a copy
     */
    double induction(AttentionPattern pattern, int first, int length) {
        return onOffset(pattern, first + length, first + 2 * length, query -> query - length + 1);
    }

    /**
     * Returns the mean attention on a place of the first copy that is neither the same token nor the one after it, over the
     * second copy: what induction would be without a reason to prefer its place. NaN where a copy has two words.
     */
    double elsewhere(AttentionPattern pattern, int first, int length) {
        double sum = 0;
        long pairs = 0;
        for (int query = first + length; query < first + 2 * length; query++) {
            for (int key = first; key < first + length; key++) {
                if (key != query - length && key != query - length + 1) {
                    sum += pattern.at(query, key);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    private static double onOffset(AttentionPattern pattern, int from, int to, IntUnaryOperator key) {
        double sum = 0;
        for (int query = from; query < to; query++) {
            sum += pattern.at(query, key.applyAsInt(query));
        }
        return sum / (to - from);
    }
}
