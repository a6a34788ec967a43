package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * The placements of an AUROC: for each true unit the share of false ones below it, for each false unit the share of true ones
 * above it. Their variances add up to DeLong's.
 */
record DeLong(double auroc, double[] ofTrue, double[] ofFalse) {

    static DeLong of(double[] scores, boolean[] labels) {
        Require.sameLength("scores", scores.length, "labels", labels.length);
        int positives = Require.bothClasses(labels);
        int negatives = labels.length - positives;
        Require.that(
                positives > 1 && negatives > 1,
                Reason.TOO_FEW,
                "%d true and %d false units; a variance needs at least two of each",
                positives,
                negatives);
        double[] ranks = Ranking.of("scores", scores).ranks();
        double[] ofTrue = placements(scores, ranks, labels, true, positives);
        double[] ofFalse = placements(scores, ranks, labels, false, negatives);
        for (int i = 0; i < ofFalse.length; i++) {
            ofFalse[i] = 1 - ofFalse[i];
        }
        return new DeLong(Moments.mean(ofTrue), ofTrue, ofFalse);
    }

    /** Returns for each member of a class the share of the other class below it, ties counting one half. */
    private static double[] placements(double[] scores, double[] ranks, boolean[] labels, boolean side, int count) {
        double[] own = new double[count];
        double[] overall = new double[count];
        int next = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == side) {
                own[next] = scores[i];
                overall[next++] = ranks[i];
            }
        }
        double[] within = Ranking.of("scores", own).ranks();
        for (int i = 0; i < count; i++) {
            overall[i] = (overall[i] - within[i]) / (labels.length - count);
        }
        return overall;
    }

    /** Returns the placements of the difference of two areas on the same units. */
    DeLong minus(DeLong other) {
        return new DeLong(auroc - other.auroc, minus(ofTrue, other.ofTrue), minus(ofFalse, other.ofFalse));
    }

    private static double[] minus(double[] first, double[] second) {
        double[] difference = new double[first.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = first[i] - second[i];
        }
        return difference;
    }

    double variance() {
        return Moments.variance(ofTrue) / ofTrue.length + Moments.variance(ofFalse) / ofFalse.length;
    }
}
