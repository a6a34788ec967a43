package io.arrakis.tools.lens;

import java.util.stream.IntStream;

/** The distribution over the vocabulary that a row of scores means, in nats. The scores are not copied. */
final class Distribution {

    private final Matrix scores;
    private final int row;
    private final double logSum;
    private final double meanScore;
    private final int top;

    /** Reads a row of scores. */
    Distribution(Matrix scores, int row) {
        this.scores = scores;
        this.row = row;
        int best = 0;
        for (int token = 1; token < scores.columns(); token++) {
            best = scores.at(row, token) > scores.at(row, best) ? token : best;
        }
        this.top = best;
        double sum = 0;
        double weighted = 0;
        for (int token = 0; token < scores.columns(); token++) {
            double weight = Math.exp(scores.at(row, token) - (double) scores.at(row, top));
            sum += weight;
            weighted += weight * scores.at(row, token);
        }
        this.logSum = scores.at(row, top) + Math.log(sum);
        this.meanScore = weighted / sum;
    }

    /** Returns the likeliest token, the first of equals. */
    int top() {
        return top;
    }

    double logProbability(int token) {
        return scores.at(row, token) - logSum;
    }

    /** Returns all probabilities. */
    double[] probabilities() {
        return IntStream.range(0, scores.columns())
                .mapToDouble(token -> Math.exp(logProbability(token)))
                .toArray();
    }

    /** Returns the entropy, 0 to log of the vocabulary. */
    double entropy() {
        return Math.max(0, logSum - meanScore);
    }

    /**
     * Returns how much is lost where this distribution stands for another: the divergence of Kullback and Leibler, 0 or more, 0
     * for itself.
     *
     * @param truth         the other
     * @param probabilities {@link #probabilities()} of the other
     */
    double divergenceFrom(Distribution truth, double[] probabilities) {
        double difference = 0;
        for (int token = 0; token < probabilities.length; token++) {
            difference += probabilities[token] * ((double) truth.scores.at(truth.row, token) - scores.at(row, token));
        }
        return Math.max(0, difference - truth.logSum + logSum);
    }

    /** Returns the likeliest tokens, most likely first, the first of equals before the others. */
    int[] top(int count) {
        int[] best = new int[Math.min(count, scores.columns())];
        int found = 0;
        for (int token = 0; token < scores.columns(); token++) {
            if (found < best.length || (found > 0 && likelier(token, best[found - 1]))) {
                found = Math.min(found + 1, best.length);
                insert(token, best, found);
            }
        }
        return best;
    }

    /** Puts a token in its place among those that are sorted already; the last of them is lost. */
    private void insert(int token, int[] sorted, int count) {
        int place = count - 1;
        while (place > 0 && likelier(token, sorted[place - 1])) {
            sorted[place] = sorted[place - 1];
            place--;
        }
        sorted[place] = token;
    }

    private boolean likelier(int token, int other) {
        return scores.at(row, token) > scores.at(row, other);
    }
}
