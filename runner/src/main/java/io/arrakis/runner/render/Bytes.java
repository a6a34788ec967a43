package io.arrakis.runner.render;

import java.util.Locale;

/** Sizes for people. */
public final class Bytes {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final double STEP = 1000;

    private Bytes() {}

    /** Returns a size with three digits, in powers of 1000: {@code 512 B}, {@code 1.50 MB}. */
    public static String text(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.length - 1) {
            size /= STEP;
            unit++;
        }
        int decimals = unit == 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", size, UNITS[unit]);
    }
}
