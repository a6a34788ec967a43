package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.util.Arrays;

/**
 * Westfall and Young's single-step max-T: p-values for "the best of many units" from permutations of the labels.
 *
 * <p>The largest statistic over all units is compared with the largest under each permutation, which keeps the family-wise
 * error rate whatever the units have in common. The product that makes the rank sums is done elsewhere, block by block:
 * <pre>{@code
 * LabelPermutation labels = LabelPermutation.within(truth, strata);
 * float[] arrangements = labels.matrix(1_000, random);           // [1,001, texts]; row 0 is the truth
 * MaxT search = MaxT.ofAuroc(labels, units, 1_000, Alternative.TWO_SIDED);
 * linearAlgebra.productRows(ranks, transposed, search::add);     // [units, texts] x [texts, 1,001]
 * MaxTResult result = search.result();
 * }</pre>
 *
 * <p>The statistic of a unit is its AUROC's distance from the value that is expected under the permutations: 0.5, or, within
 * strata, the mean over all B + 1 arrangements, since there a unit that follows the strata is expected elsewhere. Memory: a few
 * numbers a unit and a permutation. Several threads may add units at once, in any order; the result is the same.
 *
 * @see "Westfall and Young 1993, Resampling-Based Multiple Testing, algorithm 2.5"
 */
@Stable
public final class MaxT {

    /** Below this, float32 holds every multiple of one half. */
    private static final double EXACT_IN_FLOAT = 1 << 23;

    private final LabelPermutation labels;
    private final int permutations;
    private final Alternative alternative;
    private final boolean standardised;
    private final UnitColumns units;
    private final double[] maxima;

    private MaxT(LabelPermutation labels, int units, int permutations, Alternative alternative, boolean standardised) {
        Require.positive("units", units);
        Require.positive("permutations", permutations);
        this.labels = labels;
        this.permutations = permutations;
        this.alternative = alternative;
        this.standardised = standardised;
        this.units = new UnitColumns(units);
        this.maxima = new double[permutations];
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
    }

    /**
     * Starts a search by the distance of the AUROC from its expectation.
     *
     * @param labels       the labels, and within which strata they were permuted
     * @param units        how many units there are
     * @param permutations B, at least 1; adjusted p-values are at least 1/(B + 1)
     * @param alternative  {@code TWO_SIDED} takes the size of the distance
     */
    public static MaxT ofAuroc(LabelPermutation labels, int units, int permutations, Alternative alternative) {
        return new MaxT(labels, units, permutations, alternative, false);
    }

    /**
     * Starts a search by that distance over its standard deviation among the B + 1 arrangements, so that units with many equal
     * responses, whose AUROC varies less by chance, are not at a disadvantage.
     *
     * @param labels       the labels, and within which strata they were permuted
     * @param units        how many units there are
     * @param permutations B, at least 1; adjusted p-values are at least 1/(B + 1)
     * @param alternative  {@code TWO_SIDED} takes the size of the distance
     */
    public static MaxT ofStandardisedAuroc(
            LabelPermutation labels, int units, int permutations, Alternative alternative) {
        return new MaxT(labels, units, permutations, alternative, true);
    }

    /**
     * Searches among responses that fit on the heap, with plain loops in place of the product. Costs units x texts x B/2
     * additions.
     *
     * @param responses    row-major {@code [texts, units]}, finite
     * @param labels       a label a text
     * @param permutations B, at least 1
     */
    public static MaxTResult search(
            float[] responses,
            LabelPermutation labels,
            int permutations,
            Alternative alternative,
            SeededRandom random) {
        int texts = labels.units();
        float[] ranks = Ranks.ofColumns(responses, texts);
        int[][] trueTexts = trueTexts(labels.matrix(permutations, random), texts, labels.positives());
        int units = ranks.length / texts;
        MaxT search = ofAuroc(labels, units, permutations, alternative);
        float[] column = new float[texts];
        double[] sums = new double[permutations + 1];
        for (int unit = 0; unit < units; unit++) {
            for (int text = 0; text < texts; text++) {
                column[text] = ranks[text * units + unit];
            }
            for (int b = 0; b <= permutations; b++) {
                sums[b] = sumAt(column, trueTexts[b]);
            }
            search.add(unit, 1, sums);
        }
        return search.result();
    }

    private static int[][] trueTexts(float[] matrix, int texts, int positives) {
        int[][] trueTexts = new int[matrix.length / texts][positives];
        for (int b = 0; b < trueTexts.length; b++) {
            int next = 0;
            for (int text = 0; text < texts; text++) {
                if (matrix[b * texts + text] > 0) {
                    trueTexts[b][next++] = text;
                }
            }
        }
        return trueTexts;
    }

    private static double sumAt(float[] column, int[] places) {
        double sum = 0;
        for (int place : places) {
            sum += column[place];
        }
        return sum;
    }

    /**
     * Takes the rank sums of some units from a product in float32. There they are exact, being multiples of one half, as long as
     * they stay below 2^23; a sum that is no such multiple shows that the product was rounded, and is refused.
     *
     * @param first    number of the first of these units
     * @param count    how many units
     * @param rankSums {@code [count, B + 1]}, row after row from the start of the array, which may be longer: the sum under the
     *     labels as they are, then those under the permutations; not changed
     * @throws UnusableSampleException if a unit is out of range or was added before, a sum is not one that mid-ranks can have, or
     *     there are so many texts that float32 could not hold it
     */
    public void add(int first, int count, float[] rankSums) {
        double largest = smallestSum() + pairs();
        Require.that(
                largest < EXACT_IN_FLOAT,
                Reason.OUT_OF_RANGE,
                "the ranks of %d true among %d texts sum up to %s, which float32 does not hold exactly; use float64",
                labels.positives(),
                labels.units(),
                largest);
        requireBlock(first, count, rankSums.length);
        Block block = new Block();
        for (int i = 0; i < count; i++) {
            for (int b = 0; b <= permutations; b++) {
                block.arrangements[b] = rankSums[i * (permutations + 1) + b];
            }
            block.take(first + i);
        }
        merge(block);
    }

    /** Takes the rank sums of some units from a product in float64, as {@link #add(int, int, float[])}. */
    public void add(int first, int count, double[] rankSums) {
        requireBlock(first, count, rankSums.length);
        Block block = new Block();
        for (int i = 0; i < count; i++) {
            System.arraycopy(rankSums, i * (permutations + 1), block.arrangements, 0, permutations + 1);
            block.take(first + i);
        }
        merge(block);
    }

    private void requireBlock(int first, int count, int length) {
        Require.positive("count", count);
        Require.index("first", first, units.size());
        Require.index("first + count - 1", first + count - 1, units.size());
        Require.that(
                length >= count * (permutations + 1L),
                Reason.LENGTHS_DIFFER,
                "%d rank sums are too few for %d units: give one observed and %d permuted sums a unit",
                length,
                count,
                permutations);
    }

    private synchronized void merge(Block block) {
        for (int b = 0; b < permutations; b++) {
            maxima[b] = Math.max(maxima[b], block.maxima[b]);
        }
    }

    /**
     * Returns what was found.
     *
     * @throws UnusableSampleException if a unit was not added
     */
    public synchronized MaxTResult result() {
        units.requireComplete();
        double[] sorted = maxima.clone();
        Arrays.sort(sorted);
        return new MaxTResult(units, sorted);
    }

    private double smallestSum() {
        return 0.5 * labels.positives() * (labels.positives() + 1.0);
    }

    private double pairs() {
        return (double) labels.positives() * labels.negatives();
    }

    private double oriented(double distance) {
        return switch (alternative) {
            case GREATER -> distance;
            case LESS -> -distance;
            case TWO_SIDED -> Math.abs(distance);
        };
    }

    /** The arithmetic of some units, by one thread. */
    private final class Block {

        /** The rank sums of one unit, then its statistics; the observed one first. */
        private final double[] arrangements = new double[permutations + 1];

        private final double[] maxima = new double[permutations];

        Block() {
            Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        }

        void take(int unit) {
            requireRankSums(unit);
            double auroc = (arrangements[0] - smallestSum()) / pairs();
            toStatistics();
            double statistic = arrangements[0];
            int asExtreme = 0;
            for (int b = 0; b < permutations; b++) {
                asExtreme += arrangements[b + 1] >= statistic ? 1 : 0;
                maxima[b] = Math.max(maxima[b], arrangements[b + 1]);
            }
            units.set(unit, auroc, statistic, Permutation.pValue(asExtreme, permutations));
        }

        private void requireRankSums(int unit) {
            double smallest = smallestSum();
            double largest = smallest + pairs();
            for (int b = 0; b <= permutations; b++) {
                double sum = arrangements[b];
                if (Math.rint(2 * sum) != 2 * sum || sum < smallest || sum > largest) {
                    throw Require.outOfRange(
                            "unit %d, arrangement %d: %s is no sum of %d mid-ranks of %d texts; was the product computed in"
                                    + " reduced precision, or from something else than ranks?",
                            unit, b, sum, labels.positives(), labels.units());
                }
            }
        }

        /** Turns rank sums into statistics; distances are exact without strata, so that ties stay ties. */
        private void toStatistics() {
            double expected = labels.isStratified() ? Moments.mean(arrangements) : smallestSum() + 0.5 * pairs();
            double spread = standardised ? Moments.standardDeviation(arrangements) : pairs();
            for (int b = 0; b <= permutations; b++) {
                double distance = arrangements[b] - expected;
                arrangements[b] = spread == 0 ? 0 : oriented(distance) / spread;
            }
        }
    }
}
