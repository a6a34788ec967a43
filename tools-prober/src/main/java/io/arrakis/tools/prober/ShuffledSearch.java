package io.arrakis.tools.prober;

import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.LabelPermutation;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;

/**
 * The same search with labels that mean nothing: how good the best of so many neurons looks on the texts that chose it, and
 * what is left of it on other texts.
 *
 * <p>Labels are shuffled in both halves, apart. What is left should be 0.5.
 *
 * @see "Hewitt and Liang 2019, Designing and Interpreting Probes with Control Tasks"
 */
final class ShuffledSearch {

    private final ConceptTexts concept;
    private final NeuronRanks ranks;
    private final SeededRandom random;

    ShuffledSearch(ConceptTexts concept, NeuronRanks ranks, SeededRandom random) {
        this.concept = concept;
        this.ranks = ranks;
        this.random = random;
    }

    /**
     * What the best neurons reached.
     *
     * @param whereChosen mean AUROC on the half that chose, towards the chosen direction
     * @param heldOut     mean AUROC on the other half
     */
    record Outcome(double whereChosen, double heldOut) {}

    Outcome run(int shuffles) {
        int[] chosen = concept.of(Half.SELECTION);
        LabelPermutation labels = LabelPermutation.of(concept.labels(chosen));
        Best best = new Best(shuffles, labels);
        float[] arrangements = labels.matrix(shuffles, random.child("selection"));
        ranks.rankSums(chosen, arrangements, best::add);
        double heldOut = 0;
        double whereChosen = 0;
        for (int shuffle = 0; shuffle < shuffles; shuffle++) {
            whereChosen += Auroc.unsigned(best.aurocs[shuffle]);
            heldOut += heldOut(best, shuffle);
        }
        return new Outcome(whereChosen / shuffles, heldOut / shuffles);
    }

    private double heldOut(Best best, int shuffle) {
        int[] reported = concept.of(Half.REPORT);
        boolean[] labels = LabelPermutation.of(concept.labels(reported))
                .shuffled(random.child("report").child(shuffle));
        double auroc = Auroc.of(NeuronResponses.of(concept, ranks.neuron(best.units[shuffle]), reported), labels);
        return best.aurocs[shuffle] >= 0.5 ? auroc : 1 - auroc;
    }

    /** The best unit of each shuffle; the one with the smaller number where two are as good. */
    private static final class Best {

        private final int[] units;
        private final double[] aurocs;
        private final LabelPermutation labels;

        Best(int shuffles, LabelPermutation labels) {
            this.units = new int[shuffles];
            this.aurocs = new double[shuffles];
            this.labels = labels;
            Arrays.fill(aurocs, 0.5);
            Arrays.fill(units, Integer.MAX_VALUE);
        }

        synchronized void add(int first, int count, float[] sums) {
            int arrangements = units.length + 1;
            for (int i = 0; i < count; i++) {
                for (int shuffle = 0; shuffle < units.length; shuffle++) {
                    double auroc = Auroc.fromRankSum(
                            sums[i * arrangements + shuffle + 1], labels.positives(), labels.negatives());
                    keep(first + i, shuffle, auroc);
                }
            }
        }

        private void keep(int unit, int shuffle, double auroc) {
            double distance = Math.abs(auroc - 0.5);
            double before = Math.abs(aurocs[shuffle] - 0.5);
            if (distance > before || (distance == before && unit < units[shuffle])) {
                units[shuffle] = unit;
                aurocs[shuffle] = auroc;
            }
        }
    }
}
