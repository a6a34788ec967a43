package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.runtime.report.SweepFigures.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pictures of one headline number over what a sweep varied: lines or bars over one axis, heat maps over two. */
final class SweepPictures {

    private static final int MOST_LINES = 8;

    private final Html html;
    private final SweepFigures figures;
    private final List<SweepAxis> axes;
    private int count;

    SweepPictures(Html html, SweepFigures figures, List<SweepAxis> axes) {
        this.html = html;
        this.figures = figures;
        this.axes = axes;
    }

    void write(Figure figure) {
        if (axes.isEmpty()) {
            return;
        }
        SweepAxis over = axes.get(0);
        picture(figure.label() + " over " + over.label() + rest(1), curve(figure, over));
        if (axes.size() > 1) {
            SweepAxis other = axes.get(1);
            heatMap(figure, SweepFigures.OWN, over, other);
            figures.controls(figure).forEach(control -> heatMap(figure, control, over, other));
        }
    }

    /** Says over what the numbers are means. */
    private String rest(int shown) {
        int first = shown == 1 && axes.size() > 1 && axes.get(1).values().size() <= MOST_LINES ? 2 : shown;
        if (axes.size() <= first) {
            return "";
        }
        return ", mean over "
                + String.join(
                        ", ",
                        axes.subList(first, axes.size()).stream()
                                .map(SweepAxis::label)
                                .toList());
    }

    private ObjectNode curve(Figure figure, SweepAxis over) {
        ObjectNode tree = axesOf(over.label(), figure.label());
        if (over.isNumeric()) {
            ArrayNode at = tree.put("kind", "lines").putArray("at");
            over.values().forEach(value -> at.add(Double.parseDouble(value)));
        } else {
            ArrayNode categories = tree.put("kind", "bars").putArray("categories");
            over.values().forEach(categories::add);
        }
        ArrayNode series = tree.putArray("series");
        boolean split = axes.size() > 1 && axes.get(1).values().size() <= MOST_LINES;
        if (split) {
            SweepAxis by = axes.get(1);
            for (String value : by.values()) {
                line(series, by.label() + " " + value, figure, SweepFigures.OWN, over, Map.of(by.path(), value));
            }
        } else {
            line(series, figure.step(), figure, SweepFigures.OWN, over, Map.of());
        }
        figures.controls(figure)
                .forEach(control -> line(series, control.replace('_', ' '), figure, control, over, Map.of()));
        return tree;
    }

    private void line(
            ArrayNode series, String name, Figure figure, String control, SweepAxis over, Map<String, String> fixed) {
        ArrayNode values = series.addObject().put("name", name).putArray("values");
        over.values().forEach(value -> add(values, figures.mean(figure, control, with(fixed, over, value))));
    }

    private void heatMap(Figure figure, String control, SweepAxis over, SweepAxis other) {
        ObjectNode tree = axesOf(over.label(), other.label()).put("kind", "heat_map");
        ArrayNode columns = tree.putArray("columns");
        over.values().forEach(columns::add);
        ArrayNode rows = tree.putArray("rows");
        other.values().forEach(rows::add);
        ArrayNode values = tree.putArray("values");
        List<Double> all = new ArrayList<>();
        for (String row : other.values()) {
            ArrayNode line = values.addArray();
            for (String column : over.values()) {
                double mean = figures.mean(figure, control, with(Map.of(other.path(), row), over, column));
                all.add(mean);
                add(line, mean);
            }
        }
        if (all.stream().anyMatch(Double::isFinite)) {
            String of = control.isEmpty() ? "" : ", " + control.replace('_', ' ');
            picture(figure.label() + of + ", by " + over.label() + " and " + other.label() + rest(2), tree);
        }
    }

    private static Map<String, String> with(Map<String, String> fixed, SweepAxis axis, String value) {
        Map<String, String> both = new HashMap<>(fixed);
        both.put(axis.path(), value);
        return both;
    }

    private static void add(ArrayNode values, double value) {
        if (Double.isFinite(value)) {
            values.add(value);
        } else {
            values.addNull();
        }
    }

    private static ObjectNode axesOf(String x, String y) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("x").put("label", x);
        tree.putObject("y").put("label", y);
        return tree;
    }

    private void picture(String caption, ObjectNode data) {
        count++;
        html.picture("sweep-figure-" + count, caption, data);
    }
}
