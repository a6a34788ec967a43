package io.arrakis.api.stats;

/** The beta distribution for parameters of at least 1, by the continued fraction of the incomplete beta function. */
final class Beta {

    private static final int MOST_TERMS = 100_000;
    private static final double TINY = 1e-300;

    private Beta() {}

    /** Returns the probability below x. */
    static double cdf(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        return x < (a + 1) / (a + b + 2) ? lower(x, a, b) : 1 - lower(1 - x, b, a);
    }

    /** Returns the probability above x, without the loss of digits of one minus a number near one. */
    static double upperTail(double x, double a, double b) {
        return cdf(1 - x, b, a);
    }

    /** Returns the x with the given probability below it. */
    static double quantile(double probability, double a, double b) {
        double low = 0;
        double high = 1;
        while (true) {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (cdf(middle, a, b) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** Returns the x with the given probability above it. */
    static double upperQuantile(double probability, double a, double b) {
        return 1 - quantile(probability, b, a);
    }

    /** The continued fraction, from its front by Lentz's method; converges fast below the mean. */
    private static double lower(double x, double a, double b) {
        double scale = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double fraction = d;
        for (int m = 1; m <= MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            fraction *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            fraction *= c * d;
            if (Math.abs(c * d - 1) < 1e-15) {
                return scale * fraction;
            }
        }
        throw new IllegalStateException("the beta function did not settle at x = " + x + ", a = " + a + ", b = " + b);
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /** Stirling's series, after the argument was raised to at least 15. */
    static double logGamma(double x) {
        double product = 1;
        double z = x;
        while (z < 15) {
            product *= z;
            z += 1;
        }
        double shift = Math.log(product);
        double w = 1 / (z * z);
        double series = (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w * (1.0 / 1680 - w * (1.0 / 1188))))) / z;
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }
}
