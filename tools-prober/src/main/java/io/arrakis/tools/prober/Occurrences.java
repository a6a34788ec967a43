package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import java.util.Arrays;

/** The rows at which each word stands, at most one a text: occurrences in one text are not independent. */
final class Occurrences {

    private final int[][] rows;

    private Occurrences(int[][] rows) {
        this.rows = rows;
    }

    static Occurrences of(TokenRows rows, Words words) {
        Growing[] found = new Growing[words.count()];
        Arrays.setAll(found, word -> new Growing());
        for (int row = 0; row < rows.count(); row++) {
            if (rows.wholeWord(row)) {
                found[words.ofToken(rows.tokenId(row))].add(row, rows.example(row));
            }
        }
        return new Occurrences(Arrays.stream(found).map(Growing::rows).toArray(int[][]::new));
    }

    /** Returns the rows of a word in rising order; not to be changed. */
    int[] rows(int word) {
        return rows[word];
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
