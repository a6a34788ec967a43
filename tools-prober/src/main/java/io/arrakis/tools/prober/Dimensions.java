package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/**
 * Mean and standard deviation of each dimension over all rows of a capture.
 *
 * <p>Sums are kept in float64 and taken about the first row, so that a large mean costs no digits; one pass over the rows, in
 * blocks.
 *
 * @param mean      of each dimension
 * @param deviation of each dimension, 0 where it never changes
 */
record Dimensions(double[] mean, double[] deviation) {

    private static final int BLOCK = 4096;

    static Dimensions of(Activations activations, HookName hook) {
        Sums sums = new Sums(activations.width(hook));
        int count = activations.rows().count();
        for (int first = 0; first < count; first += BLOCK) {
            float[] rows = activations.gather(hook, RowRange.of(first, Math.min(count, first + BLOCK)));
            requireFinite(rows, first, hook, activations);
            sums.add(rows);
        }
        return sums.result();
    }

    private static void requireFinite(float[] rows, int first, HookName hook, Activations activations) {
        for (int i = 0; i < rows.length; i++) {
            if (!Float.isFinite(rows[i])) {
                int row = first + i / activations.width(hook);
                throw new ArrakisException(
                        ErrorCode.NOT_FINITE,
                        hook.toString(),
                        "the activation of text '"
                                + activations
                                        .rows()
                                        .exampleId(activations.rows().example(row)) + "' is " + rows[i]
                                + " at token " + activations.rows().position(row) + ", dimension "
                                + i % activations.width(hook),
                        "check the weights of the model, or compute in float32");
            }
        }
    }

    private static final class Sums {

        private final double[] origin;
        private final double[] sum;
        private final double[] squares;
        private long count;

        Sums(int width) {
            origin = new double[width];
            sum = new double[width];
            squares = new double[width];
        }

        void add(float[] rows) {
            int width = sum.length;
            for (int at = 0; at < rows.length; at += width) {
                for (int i = 0; i < width; i++) {
                    if (count == 0) {
                        origin[i] = rows[at + i];
                    }
                    double value = rows[at + i] - origin[i];
                    sum[i] += value;
                    squares[i] += value * value;
                }
                count++;
            }
        }

        Dimensions result() {
            double[] mean = new double[sum.length];
            double[] deviation = new double[sum.length];
            for (int i = 0; i < mean.length; i++) {
                double fromOrigin = sum[i] / count;
                mean[i] = origin[i] + fromOrigin;
                deviation[i] = Math.sqrt(Math.max(0, squares[i] / count - fromOrigin * fromOrigin));
            }
            return new Dimensions(mean, deviation);
        }
    }
}
