package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows at which each token type stands as a whole word, at most one a text: occurrences of one text are not independent.
 */
final class Occurrences {

    private final SortedMap<Integer, int[]> rowsByType;

    private Occurrences(SortedMap<Integer, int[]> rowsByType) {
        this.rowsByType = rowsByType;
    }

    static Occurrences of(TokenRows rows) {
        Map<Integer, Growing> found = new HashMap<>();
        for (int row = 0; row < rows.count(); row++) {
            if (rows.wholeWord(row)) {
                found.computeIfAbsent(rows.tokenId(row), type -> new Growing()).add(row, rows.example(row));
            }
        }
        SortedMap<Integer, int[]> sorted = new TreeMap<>();
        found.forEach((type, list) -> sorted.put(type, list.rows()));
        return new Occurrences(sorted);
    }

    /** Returns the rows of each type, by token id. */
    SortedMap<Integer, int[]> rowsByType() {
        return rowsByType;
    }

    /** Returns the rows of a type; none if it does not occur. */
    int[] rows(int type) {
        return rowsByType.getOrDefault(type, new int[0]);
    }

    private static final class Growing {
        private int[] rows = new int[4];
        private int size;
        private int lastText = -1;

        void add(int row, int text) {
            if (text == lastText) {
                return;
            }
            lastText = text;
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, 2 * size);
            }
            rows[size++] = row;
        }

        int[] rows() {
            return Arrays.copyOf(rows, size);
        }
    }
}
