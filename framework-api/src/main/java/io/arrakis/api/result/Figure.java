package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.Objects;

/** A picture, as the values that it shows; the report draws it. NaN leaves a gap. */
@Stable
public sealed interface Figure {

    /** Returns one sentence that says what is seen. */
    String title();

    /**
     * An axis.
     *
     * @param label what it counts, with its unit
     */
    record Axis(String label) {
        /** Checks that the label is there. */
        public Axis {
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * Values over the same places, with intervals where they are known.
     *
     * @param name   for the legend
     * @param values one for each place
     * @param low    lower ends of the intervals; empty for none
     * @param high   upper ends of the intervals; empty for none
     */
    record Series(String name, List<Double> values, List<Double> low, List<Double> high) {
        /** Copies the lists and checks their lengths. */
        public Series {
            values = List.copyOf(values);
            low = List.copyOf(low);
            high = List.copyOf(high);
            if (low.size() != high.size() || (!low.isEmpty() && low.size() != values.size())) {
                throw new IllegalArgumentException("series '" + name + "': intervals do not fit its values");
            }
        }

        /** Returns a series without intervals. */
        public static Series of(String name, List<Double> values) {
            return new Series(name, values, List.of(), List.of());
        }
    }

    /** Bars for categories. */
    record Bars(String title, Axis x, Axis y, List<String> categories, List<Series> series) implements Figure {
        /** Copies the lists and checks their lengths. */
        public Bars {
            categories = List.copyOf(categories);
            series = List.copyOf(series);
            requireLength(title, categories.size(), series);
        }
    }

    /** Lines over numbers. */
    record Lines(String title, Axis x, Axis y, List<Double> at, List<Series> series) implements Figure {
        /** Copies the lists and checks their lengths. */
        public Lines {
            at = List.copyOf(at);
            series = List.copyOf(series);
            requireLength(title, at.size(), series);
        }
    }

    /** Labelled points in groups. */
    record Scatter(String title, Axis x, Axis y, List<Group> groups) implements Figure {
        /** Copies the list. */
        public Scatter {
            groups = List.copyOf(groups);
        }

        /** Points of one colour; the labels may be empty. */
        public record Group(String name, List<Double> x, List<Double> y, List<String> labels) {
            /** Copies the lists and checks their lengths. */
            public Group {
                x = List.copyOf(x);
                y = List.copyOf(y);
                labels = List.copyOf(labels);
                if (x.size() != y.size() || (!labels.isEmpty() && labels.size() != x.size())) {
                    throw new IllegalArgumentException("group '" + name + "': coordinates and labels do not fit");
                }
            }
        }
    }

    /**
     * A value for each row and column.
     *
     * @param title   one sentence that says what is seen
     * @param x       what the columns are
     * @param y       what the rows are
     * @param columns names of the columns
     * @param rows    names of the rows
     * @param values  the values, row by row
     * @param labels  what is written into the cells in place of the values, row by row; empty for the values
     */
    record HeatMap(
            String title,
            Axis x,
            Axis y,
            List<String> columns,
            List<String> rows,
            List<List<Double>> values,
            List<List<String>> labels)
            implements Figure {
        /** Copies the lists and checks their lengths. */
        public HeatMap {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            values = List.copyOf(values);
            int width = columns.size();
            if (values.size() != rows.size() || values.stream().anyMatch(row -> row.size() != width)) {
                throw new IllegalArgumentException("heat map '" + title + "': values do not fit rows and columns");
            }
            labels = List.copyOf(labels);
            boolean fit = labels.isEmpty() || labels.size() == rows.size();
            if (!fit || labels.stream().anyMatch(row -> row.size() != width)) {
                throw new IllegalArgumentException("heat map '" + title + "': labels do not fit rows and columns");
            }
        }

        /** A heat map whose cells show their values. */
        public HeatMap(
                String title, Axis x, Axis y, List<String> columns, List<String> rows, List<List<Double>> values) {
            this(title, x, y, columns, rows, values, List.of());
        }
    }

    private static void requireLength(String title, int places, List<Series> series) {
        for (Series one : series) {
            if (one.values().size() != places) {
                throw new IllegalArgumentException("figure '" + title + "': series '" + one.name() + "' has "
                        + one.values().size() + " values for " + places + " places");
            }
        }
    }
}
