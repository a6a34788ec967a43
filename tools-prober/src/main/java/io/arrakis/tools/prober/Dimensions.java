package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import java.util.Arrays;

/**
 * Mean and standard deviation of each dimension over all rows of a capture, and vectors measured against them.
 *
 * <p>Sums are kept in float64; one pass over the rows, in blocks. A dimension that never changes has the scale 1, so that it
 * stays 0 after centring.
 */
final class Dimensions {

    private static final int BLOCK = 4096;

    private final double[] mean;
    private final double[] deviation;

    private Dimensions(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    static Dimensions of(Activations activations, HookName hook) {
        int width = activations.width(hook);
        int count = activations.rows().count();
        double[] sum = new double[width];
        double[] squares = new double[width];
        for (int first = 0; first < count; first += BLOCK) {
            add(activations.gather(hook, range(first, Math.min(count, first + BLOCK))), sum, squares);
        }
        return new Dimensions(sum, deviations(sum, squares, count));
    }

    private static void add(float[] rows, double[] sum, double[] squares) {
        int width = sum.length;
        for (int at = 0; at < rows.length; at += width) {
            for (int i = 0; i < width; i++) {
                double value = rows[at + i];
                sum[i] += value;
                squares[i] += value * value;
            }
        }
    }

    private static double[] deviations(double[] sum, double[] squares, int count) {
        double[] deviations = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= count;
            double variance = Math.max(0, squares[i] / count - sum[i] * sum[i]);
            deviations[i] = Math.sqrt(variance);
        }
        return deviations;
    }

    /** Changes rows, one after the other, in place. */
    void apply(Normalisation normalisation, float[] rows) {
        if (normalisation == Normalisation.NONE) {
            return;
        }
        int width = mean.length;
        double[] scale = scales(normalisation);
        for (int at = 0; at < rows.length; at += width) {
            for (int i = 0; i < width; i++) {
                rows[at + i] = (float) ((rows[at + i] - mean[i]) * scale[i]);
            }
        }
    }

    private double[] scales(Normalisation normalisation) {
        double[] scale = new double[mean.length];
        Arrays.fill(scale, 1);
        if (normalisation == Normalisation.Z_SCORE) {
            for (int i = 0; i < scale.length; i++) {
                scale[i] = deviation[i] > 0 ? 1 / deviation[i] : 1;
            }
        }
        return scale;
    }

    private static int[] range(int first, int end) {
        int[] rows = new int[end - first];
        Arrays.setAll(rows, i -> first + i);
        return rows;
    }
}
