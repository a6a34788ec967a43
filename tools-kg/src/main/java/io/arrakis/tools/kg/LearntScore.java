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
        float[][] rows = sample.features(features);
        Standardisation scale = Standardisation.of(rows);
        scale.applyInPlace(rows);
        LogisticModel model =
                LogisticRegression.fit(rows, sample.related(), new LogisticRegression.Options(c, TOLERANCE, STEPS));
        return new Learnt(features, scale, model);
    }

    /** What was learnt. */
    record Learnt(Function<WordPair, double[]> features, Standardisation scale, LogisticModel model) {

        /** Returns scores of mean 0 and variance 1. */
        double[] scores(Detection.Sample tried) {
            return standardised(tried.pairs().stream().mapToDouble(this::score).toArray());
        }

        private double score(WordPair pair) {
            return model.scores(scale.apply(new double[][] {features.apply(pair)})[0])[0];
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
