package io.arrakis.runner.render;

import java.util.Locale;

/** A number of things, in words. */
public final class Counted {

    private Counted() {}

    /** Returns the number with thousands set off, and the word for one thing or for several. */
    public static String of(long count, String one, String several) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
    }
}
