package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Arrays;

/** Which places of a table become rows. */
public final class RowIndex implements TokenRows {

    private static final int NONE = -1;

    private final TokenTable table;
    private final Rows rows;
    private final int[] firstRow;
    /** Place of each row; {@link #NONE} where it is pooled over several. */
    private final int[] places;

    private RowIndex(TokenTable table, Rows rows, int[] firstRow, int[] places) {
        this.table = table;
        this.rows = rows;
        this.firstRow = firstRow;
        this.places = places;
    }

    /**
     * Lists the rows.
     *
     * @throws ArrakisException with {@code DATA-UNFIT} naming a text that has no token to make its row from
     */
    static RowIndex of(TokenTable table, Rows rows) {
        IntList firstRow = new IntList();
        IntList places = new IntList();
        for (int example = 0; example < table.examples(); example++) {
            firstRow.add(places.size());
            if (rows.onePerText()) {
                places.add(single(table, rows, example));
            } else {
                addEach(table, rows, example, places);
            }
        }
        firstRow.add(places.size());
        return new RowIndex(table, rows, firstRow.toArray(), places.toArray());
    }

    private static void addEach(TokenTable table, Rows rows, int example, IntList places) {
        for (int place = table.first(example); place < table.first(example + 1); place++) {
            if (rows == Rows.EACH_WITH_SPECIAL || !table.special(place)) {
                places.add(place);
            }
        }
    }

    /** Returns the place of a text's only row, or {@link #NONE} where it is pooled. */
    private static int single(TokenTable table, Rows rows, int example) {
        int place = NONE;
        boolean any = false;
        for (int at = table.first(example); at < table.first(example + 1); at++) {
            if (counts(table, rows, example, at)) {
                place = rows == Rows.FIRST && any ? place : at;
                any = true;
            }
        }
        if (!any) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    table.origin(),
                    "text '" + table.exampleId(example) + "' has no token " + wanted(rows),
                    rows == Rows.SPAN
                            ? "mark a part of it that is not cut off with the fields start and end"
                            : "leave it out");
        }
        return rows == Rows.FIRST || rows == Rows.LAST ? place : NONE;
    }

    private static String wanted(Rows rows) {
        return rows == Rows.SPAN ? "in a marked part" : "of its own";
    }

    /** Returns whether a place counts for the rows of a text. */
    static boolean counts(TokenTable table, Rows rows, int example, int place) {
        return switch (rows) {
            case FIRST, EACH_WITH_SPECIAL, MEAN_WITH_SPECIAL -> true;
            case EACH, LAST, MAX, MEAN -> !table.special(place);
            case SPAN ->
                !table.special(place)
                        && table.start(place) < table.spanEnd(example)
                        && table.end(place) > table.spanStart(example)
                        && table.spanStart(example) >= 0;
        };
    }

    TokenTable table() {
        return table;
    }

    Rows selection() {
        return rows;
    }

    @Override
    public int count() {
        return places.length;
    }

    @Override
    public int examples() {
        return table.examples();
    }

    @Override
    public int example(int row) {
        if (rows.onePerText()) {
            return row;
        }
        int found = Arrays.binarySearch(firstRow, row);
        if (found < 0) {
            return -found - 2;
        }
        int example = found;
        while (firstRow[example + 1] == row) {
            example++; // texts without rows have the same first row as the one after them
        }
        return example;
    }

    @Override
    public int position(int row) {
        return places[row] == NONE ? NONE : places[row] - table.first(example(row));
    }

    @Override
    public int tokenId(int row) {
        return places[row] == NONE ? NONE : table.id(places[row]);
    }

    @Override
    public int start(int row) {
        return places[row] == NONE ? NONE : table.start(places[row]);
    }

    @Override
    public int end(int row) {
        return places[row] == NONE ? NONE : table.end(places[row]);
    }

    @Override
    public boolean wholeWord(int row) {
        return places[row] != NONE && table.wholeWord(places[row]);
    }

    @Override
    public int firstRow(int example) {
        return firstRow[example];
    }

    @Override
    public String text(int example) {
        return table.text(example);
    }

    @Override
    public String exampleId(int example) {
        return table.exampleId(example);
    }

    @Override
    public int cut() {
        return table.cut();
    }
}
