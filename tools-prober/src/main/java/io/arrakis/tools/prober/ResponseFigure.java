package io.arrakis.tools.prober;

import io.arrakis.api.result.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws how numbers are distributed: the responses to true and to false texts, or all of one kind. */
final class ResponseFigure {

    private static final int BINS = 20;

    private ResponseFigure() {}

    static Figure of(String title, double[] trueScores, double[] falseScores) {
        Map<String, double[]> sides = new LinkedHashMap<>();
        sides.put("true", trueScores);
        sides.put("false", falseScores);
        return bars(title, "response", "share of texts", sides);
    }

    static Figure distribution(String title, String what, String share, double[] values) {
        return bars(title, what, share, Map.of(what, values));
    }

    private static Figure bars(String title, String what, String share, Map<String, double[]> series) {
        double low =
                series.values().stream().mapToDouble(ResponseFigure::min).min().orElseThrow();
        double high =
                series.values().stream().mapToDouble(ResponseFigure::max).max().orElseThrow();
        int bins = high > low ? BINS : 1;
        List<String> categories = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            categories.add(String.format(Locale.ROOT, "%.3g", low + (high - low) * bin / bins));
        }
        return new Figure.Bars(
                title,
                new Figure.Axis(what + ", lower end of each bin"),
                new Figure.Axis(share),
                categories,
                series.entrySet().stream()
                        .map(one -> Figure.Series.of(one.getKey(), shares(one.getValue(), low, high, bins)))
                        .toList());
    }

    private static List<Double> shares(double[] scores, double low, double high, int bins) {
        double[] counts = new double[bins];
        for (double score : scores) {
            int bin = bins == 1 ? 0 : (int) ((score - low) / (high - low) * bins);
            counts[Math.min(bin, bins - 1)]++;
        }
        List<Double> shares = new ArrayList<>();
        for (double count : counts) {
            shares.add(count / scores.length);
        }
        return shares;
    }

    private static double min(double[] values) {
        double min = values[0];
        for (double value : values) {
            min = Math.min(min, value);
        }
        return min;
    }

    private static double max(double[] values) {
        double max = values[0];
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
