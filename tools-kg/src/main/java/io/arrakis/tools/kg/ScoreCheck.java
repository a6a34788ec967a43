package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;

/**
 * How far the components of heads are off from a forward pass over one text of random tokens.
 *
 * @param scores  largest difference to the scores of the pass, over one plus their size
 * @param pattern largest difference of the masked softmax to the attention of the pass
 */
public record ScoreCheck(
        @Description("Largest difference of the sum of components to the scores of a forward pass, over 1 + |score|.")
        double scores,

        @Description("Largest difference of its masked softmax to the attention pattern of the pass.")
        double pattern) {

    /** Of the golden models: {@code |a - b| <= 2e-4 + 2e-4 |b|}. */
    static final double TOLERANCE = 2e-4;

    static final ScoreCheck NONE = new ScoreCheck(0, 0);

    static ScoreCheck between(HeapMatrix scores, float[] wantedScores, HeapMatrix pattern, float[] wantedPattern) {
        return new ScoreCheck(largest(scores, wantedScores, 1), largest(pattern, wantedPattern, 0));
    }

    /** Returns the largest error, over one plus so many times the size of what is wanted. */
    static double largest(HeapMatrix found, float[] wanted, double relative) {
        double largest = 0;
        for (int i = 0; i < wanted.length; i++) {
            double error = Math.abs((double) found.values()[i] - wanted[i]) / (1 + relative * Math.abs(wanted[i]));
            largest = Math.max(largest, error);
        }
        return largest;
    }

    ScoreCheck larger(ScoreCheck other) {
        return new ScoreCheck(Math.max(scores, other.scores), Math.max(pattern, other.pattern));
    }

    boolean holds() {
        return scores <= TOLERANCE && pattern <= TOLERANCE;
    }
}
