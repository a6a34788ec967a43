package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;

/**
 * A number that was estimated, with the interval that says how well.
 *
 * @param value the estimate
 * @param low   lower end of its interval
 * @param high  upper end of its interval
 */
@Stable
public record Estimate(double value, double low, double high) {

    /** Returns an estimate whose interval is not known. */
    public static Estimate withoutInterval(double value) {
        return new Estimate(value, Double.NaN, Double.NaN);
    }
}
