package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Ranks;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What was measured of each word, in the order of the words. */
record WordScores(List<Row> rows) {

    private static final double HALF = 0.5;

    /**
     * One word.
     *
     * @param sample              its occurrences
     * @param self                1 minus the mean cosine
     * @param selfDeviation       standard deviation of {@code self} over the draws
     * @param neighbours          1 minus the mean Jaccard index
     * @param neighboursDeviation standard deviation of {@code neighbours} over the draws
     * @param spread              number of different words near the occurrences of a draw, mean over the draws
     * @param fixed               scatter around its embedding
     */
    record Row(
            WordSample sample,
            Estimate self,
            double selfDeviation,
            Estimate neighbours,
            double neighboursDeviation,
            double spread,
            double fixed) {}

    /** Copies the list. */
    WordScores {
        rows = List.copyOf(rows);
    }

    /** Joins what was measured of each word. */
    static WordScores of(
            List<WordSample> samples,
            List<PolysemyMeasurement.Mean> self,
            PolysemyMeasurement.Neighbourhoods near,
            double[] fixed) {
        return new WordScores(IntStream.range(0, samples.size())
                .mapToObj(i -> new Row(
                        samples.get(i),
                        self.get(i).estimate(),
                        self.get(i).deviation(),
                        near.sets().get(i).estimate(),
                        near.sets().get(i).deviation(),
                        near.spread().get(i),
                        fixed[i]))
                .toList());
    }

    /** Returns the scores by one part. */
    double[] of(PolysemyPart part) {
        return switch (part) {
            case SELF -> values(row -> row.self().value());
            case NEIGHBOURS -> values(row -> row.neighbours().value());
            case SPREAD -> values(Row::spread);
            case STATIC -> values(Row::fixed);
            case COMBINED -> combined();
        };
    }

    /** Returns the scores by one part with their intervals, where these are known. */
    List<Estimate> estimates(PolysemyPart part) {
        return switch (part) {
            case SELF -> rows.stream().map(Row::self).toList();
            case NEIGHBOURS -> rows.stream().map(Row::neighbours).toList();
            case SPREAD, STATIC, COMBINED ->
                Arrays.stream(of(part)).mapToObj(Estimate::withoutInterval).toList();
        };
    }

    private double[] combined() {
        double[] sum = new double[rows.size()];
        if (sum.length > 0) {
            addRanks(sum, of(PolysemyPart.SELF), 1);
            addRanks(sum, of(PolysemyPart.SPREAD), HALF);
            addRanks(sum, of(PolysemyPart.STATIC), HALF);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= 2.0 * sum.length;
        }
        return sum;
    }

    private static void addRanks(double[] sum, double[] values, double weight) {
        double[] ranks = Ranks.of(values);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * ranks[i];
        }
    }

    private double[] values(ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
