package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** The standard normal distribution, to about 14 digits; 12 in the far tails, where exp loses them. */
@Stable
public final class Normal {

    private static final double INVERSE_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

    /** From here on the continued fraction of the tail is used; below, the power series. */
    private static final double TAIL_BEGINS = 2.5;

    private Normal() {}

    /** Returns the probability below x, 0 to 1. */
    public static double cdf(double x) {
        if (x < -TAIL_BEGINS) {
            return upperTail(-x);
        }
        return x > TAIL_BEGINS ? 1 - upperTail(x) : 0.5 + density(x) * series(x);
    }

    /** Returns the x with the given probability below it; -infinity at 0 and infinity at 1. */
    static double quantile(double probability) {
        if (probability > 0.5) {
            return -quantile(1 - probability);
        }
        if (probability == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double x = firstGuess(probability);
        for (int step = 0; step < 4; step++) {
            double error = (cdf(x) - probability) / density(x);
            x -= error / (1 + 0.5 * x * error);
        }
        return x;
    }

    /** Returns how many standard deviations on each side hold a central share. */
    static double twoSided(double level) {
        return -quantile(0.5 * (1 - level));
    }

    private static double density(double x) {
        return INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * x * x);
    }

    /** x + x^3/3 + x^5/15 + .., each term the one before times x^2/(2k + 1). */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int k = 1; Math.abs(term) > Math.ulp(sum) / 4; k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return sum;
    }

    /** Mills' ratio as the fraction 1/(x + 1/(x + 2/(x + 3/(x + ..)))), from its far end. */
    private static double upperTail(double x) {
        double fraction = x;
        for (int k = 200; k >= 1; k--) {
            fraction = x + k / fraction;
        }
        return density(x) / fraction;
    }

    /** Abramowitz and Stegun 26.2.22, to 0.003, for probabilities up to one half. */
    private static double firstGuess(double probability) {
        double t = Math.sqrt(-2 * Math.log(probability));
        return (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t) - t;
    }
}
