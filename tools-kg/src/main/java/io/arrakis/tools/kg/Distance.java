package io.arrakis.tools.kg;

import java.util.stream.IntStream;

/**
 * How far apart a query and a key stand, for rotary positions: one distance, or the mean over a window of them.
 *
 * @param from       the query's position minus the key's, the smallest
 * @param to         the largest
 * @param textLength tokens of the text, which decides the frequencies of some families; at least the distance plus one
 */
record Distance(int from, int to, int textLength) {

    /** Makes the text long enough for both positions. */
    Distance {
        if (to < from) {
            throw new IllegalArgumentException("distances from " + from + " to " + to);
        }
        textLength = Math.max(textLength, Math.max(Math.abs(from), Math.abs(to)) + 1);
    }

    static Distance at(int relative, int textLength) {
        return new Distance(relative, relative, textLength);
    }

    /** Returns each distance of the window by itself, in a text of the same length. */
    Distance[] each() {
        return IntStream.rangeClosed(from, to)
                .mapToObj(relative -> at(relative, textLength))
                .toArray(Distance[]::new);
    }

    /** Returns a position of the key such that the query of the smallest distance is in the text. */
    int keyPosition() {
        return Math.max(0, -from);
    }
}
