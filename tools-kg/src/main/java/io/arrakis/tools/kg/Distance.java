package io.arrakis.tools.kg;

/**
 * How far apart a query and a key stand, for rotary positions.
 *
 * @param relative   the query's position minus the key's
 * @param textLength tokens of the text, which decides the frequencies of some families; at least the distance plus one
 */
record Distance(int relative, int textLength) {

    /** Makes the text long enough for both positions. */
    Distance {
        textLength = Math.max(textLength, Math.abs(relative) + 1);
    }

    /** Returns a position of the key such that both are in the text. */
    int keyPosition() {
        return Math.max(0, -relative);
    }
}
