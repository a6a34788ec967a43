package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** What a search keeps of each unit. Several threads may set different units at once. */
final class UnitColumns {

    private final double[] aurocs;
    private final double[] statistics;
    private final double[] pValues;
    private final AtomicIntegerArray times;

    UnitColumns(int units) {
        aurocs = new double[units];
        statistics = new double[units];
        pValues = new double[units];
        times = new AtomicIntegerArray(units);
    }

    void set(int unit, double auroc, double statistic, double pValue) {
        Require.that(times.getAndIncrement(unit) == 0, Reason.OUT_OF_RANGE, "unit %d was added twice", unit);
        aurocs[unit] = auroc;
        statistics[unit] = statistic;
        pValues[unit] = pValue;
    }

    int size() {
        return aurocs.length;
    }

    void requireComplete() {
        for (int unit = 0; unit < aurocs.length; unit++) {
            Require.that(times.get(unit) == 1, Reason.TOO_FEW, "unit %d of %d was not added", unit, aurocs.length);
        }
    }

    double[] aurocs() {
        return aurocs.clone();
    }

    double[] statistics() {
        return statistics.clone();
    }

    double[] pValues() {
        return pValues.clone();
    }
}
