package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** Which tokens of a table become rows. Holds four bytes a text; what is asked of a row is read from its text. */
public final class RowIndex implements TokenRows {

    private static final int NONE = -1;

    private final TokenTable table;
    private final Rows rows;
    private final Positions chosen;
    private final int[] firstRow;
    /** Where there is a row for each text: the position of its token; {@link #NONE} where it is pooled over several. */
    private final int[] positions;

    private volatile Own recent = new Own(NONE, new int[0]);

    /** Positions of the tokens of a text that become its rows. */
    private record Own(int example, int[] positions) {}

    private RowIndex(TokenTable table, Rows rows, Positions chosen, int[] firstRow, int[] positions) {
        this.table = table;
        this.rows = rows;
        this.chosen = chosen;
        this.firstRow = firstRow;
        this.positions = positions;
    }

    /**
     * Lists the rows.
     *
     * @throws ArrakisException with {@code DATA-UNFIT} naming a text that has no token to make its row from
     */
    static RowIndex of(TokenTable table, Rows rows, Positions chosen) {
        int[] firstRow = new int[table.examples() + 1];
        int[] positions = new int[rows.onePerText() ? table.examples() : 0];
        RowIndex index = new RowIndex(table, rows, chosen, firstRow, positions);
        for (int example = 0; example < table.examples(); example++) {
            int count = 1;
            if (rows.onePerText()) {
                positions[example] = index.single(example);
            } else {
                count = index.isWhole() ? table.length(example) : index.own(table.text(example)).length;
            }
            firstRow[example + 1] = firstRow[example] + count;
        }
        return index;
    }

    /** Whether every token of a text becomes a row. */
    private boolean isWhole() {
        return rows == Rows.EACH_WITH_SPECIAL && chosen instanceof Positions.All;
    }

    private int[] own(TextRecord text) {
        return IntStream.range(0, text.length())
                .filter(pos -> counts(text, pos))
                .toArray();
    }

    /** Returns the position of a text's only row, or {@link #NONE} where it is pooled. */
    private int single(int example) {
        TextRecord text = table.text(example);
        int position = NONE;
        for (int at = 0; at < text.length(); at++) {
            if (counts(text, at)) {
                position = rows == Rows.FIRST && position != NONE ? position : at;
            }
        }
        if (position == NONE) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    table.origin(),
                    "text '" + text.exampleId() + "' has no token " + wanted(),
                    rows == Rows.SPAN
                            ? "mark a part of it that is not cut off with the fields start and end"
                            : "leave it out");
        }
        return rows == Rows.FIRST || rows == Rows.LAST ? position : NONE;
    }

    private String wanted() {
        if (rows == Rows.SPAN) {
            return "in a marked part";
        }
        return chosen instanceof Positions.All ? "of its own" : "at the positions that are asked for";
    }

    /** Returns whether a token counts for the rows of its text. */
    boolean counts(TextRecord text, int pos) {
        return chosen.contains(pos, text.length()) && fits(text, pos);
    }

    private boolean fits(TextRecord text, int pos) {
        return switch (rows) {
            case FIRST, EACH_WITH_SPECIAL, MEAN_WITH_SPECIAL -> true;
            case EACH, LAST, MAX, MEAN -> !text.special(pos);
            case SPAN ->
                !text.special(pos)
                        && text.starts()[pos] < text.spanEnd()
                        && text.ends()[pos] > text.spanStart()
                        && text.spanStart() >= 0;
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
        return firstRow[firstRow.length - 1];
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
        Objects.checkIndex(row, count());
        return rows.onePerText() ? positions[row] : position(example(row), row);
    }

    private int position(int example, int row) {
        int within = row - firstRow[example];
        return isWhole() ? within : own(example)[within];
    }

    private int[] own(int example) {
        Own last = recent;
        if (last.example() != example) {
            last = new Own(example, own(table.text(example)));
            recent = last;
        }
        return last.positions();
    }

    @Override
    public int tokenId(int row) {
        int position = position(row);
        return position == NONE ? NONE : textOf(row).ids()[position];
    }

    @Override
    public int start(int row) {
        int position = position(row);
        return position == NONE ? NONE : textOf(row).starts()[position];
    }

    @Override
    public int end(int row) {
        int position = position(row);
        return position == NONE ? NONE : textOf(row).ends()[position];
    }

    @Override
    public boolean wholeWord(int row) {
        int position = position(row);
        return position != NONE && textOf(row).wholeWord(position);
    }

    private TextRecord textOf(int row) {
        return table.text(example(row));
    }

    @Override
    public int firstRow(int example) {
        return firstRow[example];
    }

    @Override
    public String text(int example) {
        return table.text(example).text();
    }

    @Override
    public String exampleId(int example) {
        return table.text(example).exampleId();
    }

    @Override
    public int cut() {
        return table.cut();
    }
}
