package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Alternative;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.EffectSize;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.Permutation;
import io.arrakis.api.stats.Samples;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * True minus false response over pairs.
 *
 * @param mean   mean difference
 * @param dz     mean over standard deviation; empty where all differences are equal
 * @param pValue two-sided, by random signs; empty where all differences are 0
 */
public record PairDifference(
        @Description("Mean of true minus false response.") Estimate mean,

        @Description("Mean difference over its standard deviation.")
        Optional<Double> dz,

        @Description("Two-sided p-value by random signs.") Optional<Double> pValue) {

    private static final int PERMUTATIONS = 10_000;

    static PairDifference of(double[] trueScores, double[] falseScores, SeededRandom random) {
        double[] differences = new double[trueScores.length];
        Arrays.setAll(differences, i -> trueScores[i] - falseScores[i]);
        if (differences.length < 2) {
            return new PairDifference(
                    Estimate.withoutInterval(Moments.mean(differences)), Optional.empty(), Optional.empty());
        }
        Estimate mean = Detection.estimate(Bootstrap.ofUnits(differences.length)
                .percentile(units -> Moments.mean(Samples.pick(differences, units)), random.child("bootstrap")));
        boolean constant = Arrays.stream(differences).distinct().count() == 1;
        boolean zero = constant && differences[0] == 0;
        return new PairDifference(
                mean,
                constant ? Optional.empty() : Optional.of(EffectSize.dz(differences)),
                zero
                        ? Optional.empty()
                        : Optional.of(Permutation.signFlip(
                                        differences, PERMUTATIONS, Alternative.TWO_SIDED, random.child("signs"))
                                .pValue()));
    }
}
