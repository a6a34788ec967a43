package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;

/**
 * How unlike the occurrences of a word are: 1 minus the mean cosine of all pairs.
 *
 * @see "Ethayarajh 2019, How Contextual are Contextualized Word Representations?, section 4.1"
 */
final class SelfSimilarity {

    private final Activations activations;
    private final HookName hook;
    private final VectorSpace space;

    SelfSimilarity(Activations activations, HookName hook, VectorSpace space) {
        this.activations = activations;
        this.hook = hook;
        this.space = space;
    }

    /** Returns 1 minus the cosine of each pair of occurrences in the pool, 0 to 2. */
    PairMean of(WordSample sample) {
        int n = sample.pool().length;
        float[] rows = activations.gather(hook, sample.pool());
        space.applyUnit(rows, n);
        return distances(rows, n, space.width());
    }

    /** Returns 1 minus the inner product of each pair of rows; rows of zeros have no direction and are alike. */
    static PairMean distances(float[] unitRows, int n, int width) {
        boolean[] zero = new boolean[n];
        for (int i = 0; i < n; i++) {
            zero[i] = dot(unitRows, i * width, i * width, width) == 0;
        }
        double[][] values = new double[n][n];
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                values[i][j] = zero[i] && zero[j] ? 0 : 1 - dot(unitRows, i * width, j * width, width);
                values[j][i] = values[i][j];
            }
        }
        return new PairMean(values);
    }

    /** Returns the inner product of two rows that begin at {@code a} and {@code b}. */
    static double dot(float[] rows, int a, int b, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += rows[a + i] * rows[b + i];
        }
        return sum;
    }
}
