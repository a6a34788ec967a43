package io.arrakis.runtime.model.tokenizer;

/** Converts positions counted in Unicode code points, as the native library counts, to Java's char indices. */
final class CharIndices {

    private final int[] ofCodePoint;
    private final int length;

    /** Makes a table for a text; there is none where a text has no characters beyond the first 65,536. */
    CharIndices(String text) {
        length = text.length();
        int codePoints = text.codePointCount(0, length);
        ofCodePoint = new int[codePoints == length ? 0 : codePoints + 1];
        int index = 0;
        for (int i = 0; i < ofCodePoint.length; i++) {
            ofCodePoint[i] = index;
            index = index < length ? text.offsetByCodePoints(index, 1) : length;
        }
    }

    /** Returns the char index of a code point; that of the end for the number of code points. */
    int of(int codePoint) {
        if (ofCodePoint.length == 0) {
            if (codePoint < 0 || codePoint > length) {
                throw new IndexOutOfBoundsException(codePoint + " of " + length);
            }
            return codePoint;
        }
        return ofCodePoint[codePoint];
    }
}
