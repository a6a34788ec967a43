package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** Corrections of many p-values at once. Each returns adjusted p-values in the order given: reject where they are at most alpha. */
@Stable
public final class MultipleTesting {

    private MultipleTesting() {}

    /**
     * Returns Benjamini and Hochberg's adjusted p-values: rejecting those up to alpha keeps the expected share of false
     * rejections at alpha, for tests that are independent or positively dependent. Costs O(n log n).
     *
     * @param pValues at least one, each 0 to 1
     * @return each between its p-value and 1
     * @throws UnusableSampleException if there are none or one is out of range
     * @see "Benjamini and Hochberg 1995, Controlling the False Discovery Rate"
     */
    public static double[] benjaminiHochberg(double[] pValues) {
        int[] order = risingOrder(pValues);
        double[] adjusted = new double[pValues.length];
        double smallest = 1;
        for (int rank = order.length; rank >= 1; rank--) {
            int test = order[rank - 1];
            smallest = Math.min(smallest, pValues[test] * order.length / rank);
            adjusted[test] = smallest;
        }
        return adjusted;
    }

    /**
     * Returns Holm's adjusted p-values: rejecting those up to alpha keeps the probability of any false rejection at alpha,
     * whatever the dependence. Costs O(n log n).
     *
     * @param pValues at least one, each 0 to 1
     * @return each between its p-value and 1
     * @throws UnusableSampleException if there are none or one is out of range
     * @see "Holm 1979, A Simple Sequentially Rejective Multiple Test Procedure"
     */
    public static double[] holm(double[] pValues) {
        int[] order = risingOrder(pValues);
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 1; rank <= order.length; rank++) {
            int test = order[rank - 1];
            largest = Math.max(largest, Math.min(1, pValues[test] * (order.length - rank + 1)));
            adjusted[test] = largest;
        }
        return adjusted;
    }

    private static int[] risingOrder(double[] pValues) {
        Require.notEmpty("pValues", pValues.length);
        for (int i = 0; i < pValues.length; i++) {
            if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
                throw Require.outOfRange("pValues[%d] is %s, but must lie between 0 and 1", i, pValues[i]);
            }
        }
        return Ranking.of("pValues", pValues).order();
    }
}
