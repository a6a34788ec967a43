package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;

/**
 * Mid-ranks: 1 for the smallest value, n for the largest, and for equal values the mean of the ranks they share.
 *
 * <p>So ranks are multiples of one half and always sum to n(n + 1)/2. The two zeros are equal. Values must be finite.
 * Everything here is stateless and safe to call from several threads.
 */
@Stable
public final class Ranks {

    private static final int INDEX_BITS = 32;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    /** Above this length a float no longer holds every half rank exactly. */
    private static final int LARGEST_FLOAT_SAMPLE = 1 << 23;

    private Ranks() {}

    /**
     * Returns the mid-ranks of the values. Costs O(n log n) and two arrays of that length.
     *
     * @param values finite, not changed
     * @return ranks in the order of the values, between 1 and n
     * @throws UnusableSampleException if there are no values or one is not finite
     */
    public static double[] of(double[] values) {
        return Ranking.of(values).ranks();
    }

    /**
     * Returns the mid-ranks of the values. Costs O(n log n); the comparison is on whole words, about twice as fast as for
     * float64.
     *
     * @param values finite, not changed
     * @return ranks in the order of the values, between 1 and n
     * @throws UnusableSampleException if there are no values or one is not finite
     */
    public static double[] of(float[] values) {
        Require.notEmpty("values", values.length);
        double[] ranks = new double[values.length];
        long[] keys = new long[values.length];
        fillKeys(values, 0, 1, keys);
        forEachRank(keys, (index, rank) -> ranks[index] = rank);
        return ranks;
    }

    /**
     * Ranks each row of a matrix by itself. Costs O(rows x columns log columns) and one scratch row.
     *
     * @param matrix  row-major {@code [rows, columns]}, finite, not changed
     * @param columns length of a row, at most 8,388,608 (beyond, float32 does not hold half ranks)
     * @return row-major {@code [rows, columns]}, float32, exact
     * @throws UnusableSampleException if the matrix is empty, not a whole number of rows, or not finite
     */
    public static float[] ofRows(float[] matrix, int columns) {
        int rows = otherExtent("columns", matrix.length, columns);
        requireFloatRanks(columns);
        float[] ranks = new float[matrix.length];
        long[] keys = new long[columns];
        for (int row = 0; row < rows; row++) {
            int start = row * columns;
            fillKeys(matrix, start, 1, keys);
            forEachRank(keys, (index, rank) -> ranks[start + index] = (float) rank);
        }
        return ranks;
    }

    /**
     * Ranks each column of a matrix by itself, as a search over units needs them that has a text per row. Costs
     * O(columns x rows log rows) and one scratch column.
     *
     * @param matrix row-major {@code [rows, columns]}, finite, not changed
     * @param rows   length of a column, at most 8,388,608 (beyond, float32 does not hold half ranks)
     * @return row-major {@code [rows, columns]}, float32, exact
     * @throws UnusableSampleException if the matrix is empty, not a whole number of columns, or not finite
     */
    public static float[] ofColumns(float[] matrix, int rows) {
        int columns = otherExtent("rows", matrix.length, rows);
        requireFloatRanks(rows);
        float[] ranks = new float[matrix.length];
        long[] keys = new long[rows];
        for (int column = 0; column < columns; column++) {
            int start = column;
            fillKeys(matrix, start, columns, keys);
            forEachRank(keys, (index, rank) -> ranks[start + index * columns] = (float) rank);
        }
        return ranks;
    }

    private static int otherExtent(String name, int length, int extent) {
        Require.notEmpty("matrix", length);
        Require.positive(name, extent);
        Require.that(
                length % extent == 0,
                Reason.LENGTHS_DIFFER,
                "the matrix has %d values, which is no multiple of %s = %d",
                length,
                name,
                extent);
        return length / extent;
    }

    private static void requireFloatRanks(int length) {
        Require.that(
                length <= LARGEST_FLOAT_SAMPLE,
                Reason.OUT_OF_RANGE,
                "%d values cannot be ranked exactly in float32; at most %d can",
                length,
                LARGEST_FLOAT_SAMPLE);
    }

    /** Packs value and index into one word whose order is the order of the values. */
    private static void fillKeys(float[] values, int start, int stride, long[] keys) {
        for (int i = 0; i < keys.length; i++) {
            float value = values[start + i * stride];
            if (!Float.isFinite(value)) {
                throw Require.notFinite("values", start + i * stride, value);
            }
            int bits = Float.floatToRawIntBits(value + 0.0f);
            int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            keys[i] = ((long) ordered << INDEX_BITS) | i;
        }
    }

    private static void forEachRank(long[] keys, RankSink sink) {
        Arrays.sort(keys);
        int start = 0;
        while (start < keys.length) {
            int end = start + 1;
            while (end < keys.length && keys[end] >> INDEX_BITS == keys[start] >> INDEX_BITS) {
                end++;
            }
            double rank = 0.5 * (start + 1 + end);
            for (int i = start; i < end; i++) {
                sink.accept((int) (keys[i] & INDEX_MASK), rank);
            }
            start = end;
        }
    }

    @FunctionalInterface
    private interface RankSink {
        void accept(int index, double rank);
    }
}
