package io.arrakis.runtime.cache;

import java.util.Locale;

/** Numbers of bytes for people. */
public final class Sizes {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final double STEP = 1000;

    private Sizes() {}

    /** Returns such as {@code 1.2 GB}; decimal units. */
    public static String of(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
