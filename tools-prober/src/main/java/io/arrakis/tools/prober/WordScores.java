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
     * @param distinct            the same without words that are spelled alike
     * @param dispersion          variance of the occurrences
     * @param selfInText          1 minus the mean cosine, the text's mean subtracted
     */
    record Row(
            WordSample sample,
            Estimate self,
            double selfDeviation,
            Estimate neighbours,
            double neighboursDeviation,
            double spread,
            double fixed,
            double distinct,
            double dispersion,
            double selfInText) {}

    /** How far the occurrences of each word lie apart, by other measures than their mean cosine. */
    record Apart(double[] dispersion, double[] selfInText) {}

    /** Copies the list. */
    WordScores {
        rows = List.copyOf(rows);
    }

    /** Joins what was measured of each word. */
    static WordScores of(
            List<WordSample> samples,
            List<PolysemyMeasurement.Mean> self,
            PolysemyMeasurement.Neighbourhoods near,
            StaticScatter.Scores fixed,
            Apart apart) {
        return new WordScores(IntStream.range(0, samples.size())
                .mapToObj(i -> new Row(
                        samples.get(i),
                        self.get(i).estimate(),
                        self.get(i).deviation(),
                        near.sets().get(i).estimate(),
                        near.sets().get(i).deviation(),
                        near.spread().get(i),
                        fixed.all()[i],
                        fixed.distinct()[i],
                        apart.dispersion()[i],
                        apart.selfInText()[i]))
                .toList());
    }

    /** Returns the scores by one part. */
    double[] of(PolysemyPart part) {
        return switch (part) {
            case SELF -> values(row -> row.self().value());
            case NEIGHBOURS -> values(row -> row.neighbours().value());
            case SPREAD -> values(Row::spread);
            case STATIC -> values(Row::fixed);
            case COMBINED -> ranksOf(PolysemyPart.SELF, PolysemyPart.SPREAD, PolysemyPart.STATIC);
            case DISPERSION -> values(Row::dispersion);
            case SELF_IN_TEXT -> values(Row::selfInText);
            case STATIC_DISTINCT -> values(Row::distinct);
            case REFINED ->
                ranksOf(
                        PolysemyPart.DISPERSION,
                        PolysemyPart.SPREAD,
                        PolysemyPart.SELF_IN_TEXT,
                        PolysemyPart.STATIC_DISTINCT);
        };
    }

    /** Returns the scores by one part with their intervals, where these are known. */
    List<Estimate> estimates(PolysemyPart part) {
        return switch (part) {
            case SELF -> rows.stream().map(Row::self).toList();
            case NEIGHBOURS -> rows.stream().map(Row::neighbours).toList();
            case SPREAD, STATIC, COMBINED, DISPERSION, SELF_IN_TEXT, STATIC_DISTINCT, REFINED ->
                Arrays.stream(of(part)).mapToObj(Estimate::withoutInterval).toList();
        };
    }

    /** Adds the ranks of a part and half the ranks of others. */
    private double[] ranksOf(PolysemyPart first, PolysemyPart... others) {
        double[] sum = new double[rows.size()];
        if (sum.length == 0) {
            return sum;
        }
        addRanks(sum, of(first), 1);
        for (PolysemyPart other : others) {
            addRanks(sum, of(other), HALF);
        }
        double largest = (1 + HALF * others.length) * sum.length;
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= largest;
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
