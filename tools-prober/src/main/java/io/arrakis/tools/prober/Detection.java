package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.AveragePrecision;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.SeededRandom;

/**
 * How well responses tell texts with a concept from texts without.
 *
 * @param auroc            probability that a text with the concept has the larger response, ties counted half; below 0.5 the
 *                         neuron responds to its absence
 * @param averagePrecision mean precision at the texts with the concept, largest responses first; the share of such texts is
 *                         chance
 */
record Detection(Estimate auroc, Estimate averagePrecision) {

    private static final double LEVEL = 0.95;

    static Detection of(double[] responses, boolean[] labels, SeededRandom random) {
        return new Detection(
                estimate(Auroc.interval(responses, labels, LEVEL)), averagePrecision(responses, labels, random));
    }

    /** The interval is not known where a side has a single text. */
    private static Estimate averagePrecision(double[] responses, boolean[] labels, SeededRandom random) {
        int trues = 0;
        for (boolean label : labels) {
            trues += label ? 1 : 0;
        }
        if (trues < 2 || labels.length - trues < 2) {
            return Estimate.withoutInterval(AveragePrecision.of(responses, labels));
        }
        return estimate(Bootstrap.ofStrata(labels).percentile(AveragePrecision.statistic(responses, labels), random));
    }

    static Estimate estimate(Interval interval) {
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }
}
