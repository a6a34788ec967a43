package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * An estimate and the interval that belongs to it.
 *
 * <p>{@code low <= high} always; the estimate mostly lies between, but a bootstrap interval of a biased statistic may leave it
 * out.
 *
 * @param estimate the statistic on the sample as it is
 * @param low      lower end
 * @param high     upper end
 * @param level    nominal coverage, between 0 and 1
 */
@Stable
public record Interval(double estimate, double low, double high, double level) {

    /** Checks that all is finite and in order. */
    public Interval {
        Require.level(level);
        Require.that(
                Double.isFinite(estimate) && Double.isFinite(low) && Double.isFinite(high),
                Reason.NOT_FINITE,
                "an interval needs finite numbers, not %s in [%s, %s]",
                estimate,
                low,
                high);
        Require.that(low <= high, Reason.OUT_OF_RANGE, "the interval [%s, %s] ends before it begins", low, high);
    }

    /** Returns whether a value lies inside; the ends count as inside. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Returns {@code high - low}, at least 0. */
    public double width() {
        return high - low;
    }
}
