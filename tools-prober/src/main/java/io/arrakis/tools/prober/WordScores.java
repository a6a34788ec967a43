package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import java.util.List;
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
     * @param permuted            {@code neighbours} under each permutation of words
     * @param spread              number of different words near the occurrences of a draw, in expectation
     * @param fixed               scatter around its embedding
     * @param distinct            the same without words that are spelled alike
     * @param dispersion          variance of the occurrences
     * @param selfInText          1 minus the mean cosine, the text's mean subtracted
     */
    record Row(
            WordSample sample,
            Sampled self,
            double selfDeviation,
            Sampled neighbours,
            double neighboursDeviation,
            double[] permuted,
            Sampled spread,
            double fixed,
            double distinct,
            Sampled dispersion,
            Sampled selfInText) {}

    /** How far the occurrences of each word lie apart, by other measures than their mean cosine. */
    record Apart(List<Sampled> dispersion, List<Sampled> selfInText) {}

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
                        self.get(i).mean(),
                        self.get(i).deviation(),
                        near.sets().get(i).mean(),
                        near.sets().get(i).deviation(),
                        near.permuted().get(i),
                        near.spread().get(i),
                        fixed.all()[i],
                        fixed.distinct()[i],
                        apart.dispersion().get(i),
                        apart.selfInText().get(i)))
                .toList());
    }

    /** Returns the scores by one part. */
    double[] of(PolysemyPart part) {
        return sampled(part).stream().mapToDouble(Sampled::value).toArray();
    }

    /** Returns {@code neighbours} of each word under each permutation of words. */
    double[][] permuted() {
        int permutations = rows.isEmpty() ? 0 : rows.get(0).permuted().length;
        return IntStream.range(0, permutations)
                .mapToObj(one ->
                        rows.stream().mapToDouble(row -> row.permuted()[one]).toArray())
                .toArray(double[][]::new);
    }

    /**
     * Returns the scores by one part with their intervals over occurrences, which end where the part's range does; what has no
     * occurrences has none.
     */
    List<Estimate> estimates(PolysemyPart part) {
        return sampled(part).stream()
                .map(one -> one.estimateUpTo(part.largest()))
                .toList();
    }

    private List<Sampled> sampled(PolysemyPart part) {
        return switch (part) {
            case SELF -> rows.stream().map(Row::self).toList();
            case NEIGHBOURS -> rows.stream().map(Row::neighbours).toList();
            case SPREAD -> rows.stream().map(Row::spread).toList();
            case STATIC -> rows.stream().map(row -> fixed(row.fixed())).toList();
            case COMBINED ->
                new RankSum(1, sampled(PolysemyPart.SELF))
                        .plus(HALF, sampled(PolysemyPart.SPREAD))
                        .plusFixed(HALF, rows.stream().mapToDouble(Row::fixed).toArray())
                        .share();
            case DISPERSION -> rows.stream().map(Row::dispersion).toList();
            case SELF_IN_TEXT -> rows.stream().map(Row::selfInText).toList();
            case STATIC_DISTINCT ->
                rows.stream().map(row -> fixed(row.distinct())).toList();
            case REFINED ->
                new RankSum(1, sampled(PolysemyPart.DISPERSION))
                        .plus(HALF, sampled(PolysemyPart.SPREAD))
                        .plus(HALF, sampled(PolysemyPart.SELF_IN_TEXT))
                        .plusFixed(
                                HALF, rows.stream().mapToDouble(Row::distinct).toArray())
                        .share();
        };
    }

    private static Sampled fixed(double value) {
        return new Sampled(value, new double[0]);
    }
}
