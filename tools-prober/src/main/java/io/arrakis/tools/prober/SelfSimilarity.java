package io.arrakis.tools.prober;

/** How alike vectors are among themselves. */
final class SelfSimilarity {

    private SelfSimilarity() {}

    /**
     * Returns the mean cosine over all pairs of different rows.
     *
     * <p>The squared norm of the sum of unit rows is the sum over all pairs, so no pair is formed. Costs rows x width.
     *
     * @param rows  row after row, not changed; no row may be 0
     * @param width width of a row
     * @return -1 / (n - 1) to 1
     */
    static double meanCosine(float[] rows, int width) {
        int n = rows.length / width;
        double[] sum = new double[width];
        for (int row = 0; row < n; row++) {
            double inverse = 1 / norm(rows, row * width, width);
            for (int i = 0; i < width; i++) {
                sum[i] += rows[row * width + i] * inverse;
            }
        }
        double square = 0;
        for (double value : sum) {
            square += value * value;
        }
        return (square - n) / ((double) n * (n - 1));
    }

    private static double norm(float[] rows, int from, int width) {
        double square = 0;
        for (int i = from; i < from + width; i++) {
            square += (double) rows[i] * rows[i];
        }
        if (square == 0) {
            throw new IllegalArgumentException("a vector of zeros has no direction");
        }
        return Math.sqrt(square);
    }
}
