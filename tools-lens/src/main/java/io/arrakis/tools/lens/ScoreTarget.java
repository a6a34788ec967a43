package io.arrakis.tools.lens;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.model.Tokenizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose score is taken apart at a place: a token's, less another's or less the mean of all. A softmax sees differences alone, so
 * the score of a token by itself would count what all tokens share.
 */
final class ScoreTarget {

    private final Unembedding unembedding;
    private final OptionalInt answer;
    private final float[] subtracted;
    private final double subtractedBias;
    private final Map<Integer, Direction> known = new HashMap<>();
    private final String name;

    private ScoreTarget(Unembedding unembedding, OptionalInt answer, Optional<Integer> distractor, String name) {
        this.unembedding = unembedding;
        this.answer = answer;
        this.subtracted = distractor.map(unembedding::column).orElseGet(unembedding::meanColumn);
        this.subtractedBias = distractor.map(unembedding::bias).orElseGet(unembedding::meanBias);
        this.name = name;
    }

    /**
     * A score as a linear function of what enters the unembedding.
     *
     * @param vector inner product with it
     * @param bias   added
     */
    record Direction(float[] vector, double bias) {}

    /** Returns what the parameters ask for. */
    static ScoreTarget of(ResidualDecomposition.Params params, Unembedding unembedding, Tokenizer tokenizer) {
        OptionalInt answer = params.answer()
                .map(text -> OptionalInt.of(OneToken.of(text, tokenizer, "answer")))
                .orElse(OptionalInt.empty());
        Optional<Integer> distractor = params.distractor().map(text -> OneToken.of(text, tokenizer, "distractor"));
        String name = params.answer().map(text -> "'" + text.strip() + "'").orElse("the next token") + " less "
                + params.distractor().map(text -> "'" + text.strip() + "'").orElse("the mean of all tokens");
        return new ScoreTarget(unembedding, answer, distractor, name);
    }

    /** Returns what it is, for people. */
    String name() {
        return name;
    }

    Unembedding unembedding() {
        return unembedding;
    }

    /** Returns the function at a place; nothing where no token follows that could be asked for. */
    Optional<Direction> at(TokenRows rows, int row) {
        OptionalInt token = answer.isPresent() ? answer : NextToken.after(rows, row);
        return token.isPresent() ? Optional.of(direction(token.getAsInt())) : Optional.empty();
    }

    private Direction direction(int token) {
        return known.computeIfAbsent(token, it -> {
            float[] vector = unembedding.column(it);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) ((vector[i] - subtracted[i]) / unembedding.divisor());
            }
            return new Direction(vector, (unembedding.bias(it) - subtractedBias) / unembedding.divisor());
        });
    }
}
