package io.arrakis.tools.prober;

import java.util.Arrays;

/** Row numbers one after the other. */
final class RowRange {

    private RowRange() {}

    /** Returns the numbers from {@code first} to before {@code end}. */
    static int[] of(int first, int end) {
        int[] rows = new int[end - first];
        Arrays.setAll(rows, i -> first + i);
        return rows;
    }
}
