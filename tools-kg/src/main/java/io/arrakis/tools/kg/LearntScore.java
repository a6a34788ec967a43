package io.arrakis.tools.kg;

import io.arrakis.api.stats.LogisticModel;
import io.arrakis.api.stats.LogisticRegression;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.Standardisation;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A logistic regression on features of pairs.
 *
 * @param features of a pair
 * @param c        inverse strength of the penalty, on features of variance 1
 */
record LearntScore(Function<WordPair, double[]> features, double c) implements Scoring {

    private static final double TOLERANCE = 1e-4;
    private static final int STEPS = 200;

    @Override
    public double[] nested(Detection detection) {
        return scores(detection.teaching(), detection.trying());
    }

    @Override
    public double[] held(Detection detection) {
        return scores(detection.chosen(), detection.held());
    }

    /** Returns scores of the second sample, learnt on the first, of mean 0 and variance 1. */
    double[] scores(Detection.Sample learnt, Detection.Sample tried) {
        return learn(learnt).scores(tried);
    }

    /** Learns from a sample. */
    Learnt learn(Detection.Sample sample) {
        Standardisation scale = Standardisation.of(sample.features(features));
        // Made again row by row: thousands of products of thousands of pairs are kept once and not twice.
        double[][] scaled = sample.features(pair -> scale.apply(new double[][] {features.apply(pair)})[0]);
        LogisticModel model =
                LogisticRegression.fit(scaled, sample.related(), new LogisticRegression.Options(c, TOLERANCE, STEPS));
        return new Learnt(features, scale, model);
    }

    /** What was learnt. */
    record Learnt(Function<WordPair, double[]> features, Standardisation scale, LogisticModel model) {

        /** Returns scores of mean 0 and variance 1. */
        double[] scores(Detection.Sample tried) {
            return standardised(Arrays.stream(scale.apply(tried.features(features)))
                    .mapToDouble(row -> model.scores(row)[0])
                    .toArray());
        }
    }

    private static double[] standardised(double[] scores) {
        double mean = Moments.mean(scores);
        double deviation = Moments.standardDeviation(scores);
        return Arrays.stream(scores)
                .map(score -> deviation == 0 ? 0 : (score - mean) / deviation)
                .toArray();
    }
}
