package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Rows of typed cells, written as CSV.
 *
 * @param columns the columns
 * @param rows    a list of cells for each row, in the order of the columns: {@link String}, {@link Long}, {@link Double},
 *                {@link Boolean} as the column says, or null for an empty cell
 */
@Stable
public record Table(List<Column> columns, List<List<Object>> rows) {

    /**
     * Checks every cell against its column.
     *
     * @throws IllegalArgumentException naming the first row and column that do not fit
     */
    public Table {
        columns = List.copyOf(columns);
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
        for (int row = 0; row < rows.size(); row++) {
            requireFit(columns, rows.get(row), row);
        }
    }

    private static void requireFit(List<Column> columns, List<Object> cells, int row) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "row " + row + " has " + cells.size() + " cells for " + columns.size() + " columns");
        }
        for (int i = 0; i < cells.size(); i++) {
            Object cell = cells.get(i);
            if (cell != null && !type(columns.get(i).type()).isInstance(cell)) {
                throw new IllegalArgumentException("row " + row + ", column '"
                        + columns.get(i).name() + "': " + cell.getClass().getSimpleName() + " is not a "
                        + columns.get(i).type());
            }
        }
    }

    private static Class<?> type(ColumnType type) {
        return switch (type) {
            case TEXT -> String.class;
            case INTEGER -> Long.class;
            case NUMBER -> Double.class;
            case FLAG -> Boolean.class;
        };
    }

    /** Starts a table. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the position of a column.
     *
     * @throws IllegalArgumentException listing the columns if there is none of that name
     */
    public int column(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column '" + name + "' among "
                + columns.stream().map(Column::name).toList());
    }

    /** Returns the cells of a column. */
    public List<Object> cells(String name) {
        int at = column(name);
        return rows.stream().map(row -> row.get(at)).toList();
    }

    /** Makes a table column by column, then row by row. */
    public static final class Builder {

        private final List<Column> columns = new ArrayList<>();
        private final List<List<Object>> rows = new ArrayList<>();

        private Builder() {}

        /** Adds a column of text. */
        public Builder text(String name, String description) {
            return column(name, ColumnType.TEXT, description);
        }

        /** Adds a column of whole numbers. */
        public Builder integer(String name, String description) {
            return column(name, ColumnType.INTEGER, description);
        }

        /** Adds a column of numbers. */
        public Builder number(String name, String description) {
            return column(name, ColumnType.NUMBER, description);
        }

        /** Adds a column of yes and no. */
        public Builder flag(String name, String description) {
            return column(name, ColumnType.FLAG, description);
        }

        private Builder column(String name, ColumnType type, String description) {
            columns.add(new Column(name, type, description));
            return this;
        }

        /** Adds a row; integers of any size become {@link Long}, floats become {@link Double}. */
        public Builder row(Object... cells) {
            rows.add(Collections.unmodifiableList(
                    Arrays.asList(Arrays.stream(cells).map(Builder::widen).toArray())));
            return this;
        }

        private static Object widen(Object cell) {
            if (cell instanceof Integer || cell instanceof Short || cell instanceof Byte) {
                return ((Number) cell).longValue();
            }
            return cell instanceof Float value ? (Object) value.doubleValue() : cell;
        }

        /** Returns the table. */
        public Table build() {
            return new Table(columns, rows);
        }
    }
}
