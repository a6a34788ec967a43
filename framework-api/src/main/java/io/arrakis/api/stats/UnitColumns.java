package io.arrakis.api.stats;

import java.util.Arrays;

/** Three numbers a unit, in arrays that grow. */
final class UnitColumns {

    private double[] aurocs = new double[16];
    private double[] statistics = new double[16];
    private double[] pValues = new double[16];
    private int size;

    void add(double auroc, double statistic, double pValue) {
        if (size == aurocs.length) {
            int larger = 2 * size;
            aurocs = Arrays.copyOf(aurocs, larger);
            statistics = Arrays.copyOf(statistics, larger);
            pValues = Arrays.copyOf(pValues, larger);
        }
        aurocs[size] = auroc;
        statistics[size] = statistic;
        pValues[size++] = pValue;
    }

    int size() {
        return size;
    }

    double[] aurocs() {
        return Arrays.copyOf(aurocs, size);
    }

    double[] statistics() {
        return Arrays.copyOf(statistics, size);
    }

    double[] pValues() {
        return Arrays.copyOf(pValues, size);
    }
}
