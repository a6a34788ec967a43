package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Locale;

/** The checks at the entry of public methods. */
final class Require {

    private Require() {}

    static void that(boolean holds, Reason reason, String message, Object... arguments) {
        if (!holds) {
            throw new UnusableSampleException(reason, String.format(Locale.ROOT, message, arguments));
        }
    }

    static void notEmpty(String name, int length) {
        that(length > 0, Reason.EMPTY, "%s is empty; give at least one value", name);
    }

    static void atLeast(String name, int length, int needed) {
        notEmpty(name, length);
        that(length >= needed, Reason.TOO_FEW, "%s has %d values, but at least %d are needed", name, length, needed);
    }

    static void sameLength(String firstName, int first, String secondName, int second) {
        that(
                first == second,
                Reason.LENGTHS_DIFFER,
                "%s has %d values, %s has %d; they must describe the same units",
                firstName,
                first,
                secondName,
                second);
    }

    static void finite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw notFinite(name, i, values[i]);
            }
        }
    }

    static void finite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw notFinite(name, i, values[i]);
            }
        }
    }

    static UnusableSampleException notFinite(String name, int index, double value) {
        String message = String.format(
                Locale.ROOT,
                "%s[%d] is %s, but every value must be finite; look for an overflow where it was computed",
                name,
                index,
                value);
        return new UnusableSampleException(Reason.NOT_FINITE, message);
    }

    static UnusableSampleException constant(String name, String statistic) {
        String message =
                String.format(Locale.ROOT, "all values of %s are equal, so %s is not defined", name, statistic);
        return new UnusableSampleException(Reason.CONSTANT, message);
    }

    static void level(double level) {
        that(
                level > 0 && level < 1,
                Reason.OUT_OF_RANGE,
                "level is %s, but must lie between 0 and 1, both excluded; 0.95 is usual",
                level);
    }

    /** Kept free of allocation, since every bounded random number passes here. */
    static void positive(String name, long value) {
        if (value <= 0) {
            throw outOfRange("%s is %d, but must be at least 1", name, value);
        }
    }

    static UnusableSampleException outOfRange(String message, Object... arguments) {
        return new UnusableSampleException(Reason.OUT_OF_RANGE, String.format(Locale.ROOT, message, arguments));
    }

    static void index(String name, int value, int bound) {
        that(value >= 0 && value < bound, Reason.OUT_OF_RANGE, "%s is %d, but must be 0 to %d", name, value, bound - 1);
    }

    /** Returns the number of true labels, after checking that both classes have a member. */
    static int bothClasses(boolean[] labels) {
        notEmpty("labels", labels.length);
        int positives = 0;
        for (boolean label : labels) {
            positives += label ? 1 : 0;
        }
        that(
                positives > 0 && positives < labels.length,
                Reason.ONE_CLASS,
                "all %d labels are %s; both classes need at least one member",
                labels.length,
                positives > 0);
        return positives;
    }
}
