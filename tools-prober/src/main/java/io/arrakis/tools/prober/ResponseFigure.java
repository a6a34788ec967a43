package io.arrakis.tools.prober;

import io.arrakis.api.result.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws how the responses to true and to false texts are distributed. */
final class ResponseFigure {

    private static final int BINS = 20;

    private ResponseFigure() {}

    static Figure of(String title, double[] trueScores, double[] falseScores) {
        double low = Math.min(min(trueScores), min(falseScores));
        double high = Math.max(max(trueScores), max(falseScores));
        int bins = high > low ? BINS : 1;
        List<String> categories = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            categories.add(String.format(Locale.ROOT, "%.3g", low + (high - low) * bin / bins));
        }
        return new Figure.Bars(
                title,
                new Figure.Axis("response, lower end of each bin"),
                new Figure.Axis("share of texts"),
                categories,
                List.of(
                        Figure.Series.of("true", shares(trueScores, low, high, bins)),
                        Figure.Series.of("false", shares(falseScores, low, high, bins))));
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
