package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Westfall and Young's single-step max-T: p-values for "the best of many units" from permutations of the labels.
 *
 * <p>The largest statistic over all units is compared with the largest under each permutation, which keeps the family-wise
 * error rate whatever the units have in common. The product that makes the rank sums is done elsewhere, block by block:
 * <pre>{@code
 * LabelPermutation labels = LabelPermutation.within(truth, strata);
 * float[] permutations = labels.matrix(1_000, random);                // [1,001, texts]; row 0 is the truth
 * MaxT search = MaxT.ofAuroc(labels, 1_000, Alternative.TWO_SIDED);
 * for (each block of units) {
 *     search.add(rankSums);                                           // permutations x Ranks.ofColumns(responses, texts)
 * }
 * MaxTResult result = search.result();
 * }</pre>
 *
 * <p>The statistic of a unit is its AUROC's distance from the value that is expected under the permutations: 0.5, or, within
 * strata, the mean over all B + 1 arrangements, since there a unit that follows the strata is expected elsewhere. Memory: a few
 * numbers a unit and a permutation. Not safe for use by several threads at once.
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
    private final double[] maxima;

    /** Scratch: the rank sums of one unit, then its areas, then its statistics; the observed one first. */
    private final double[] arrangements;

    private final UnitColumns units = new UnitColumns();

    private MaxT(LabelPermutation labels, int permutations, Alternative alternative, boolean standardised) {
        Require.positive("permutations", permutations);
        this.labels = labels;
        this.permutations = permutations;
        this.alternative = alternative;
        this.standardised = standardised;
        this.maxima = new double[permutations];
        this.arrangements = new double[permutations + 1];
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
    }

    /**
     * Starts a search by the distance of the AUROC from its expectation.
     *
     * @param labels       the labels, and within which strata they were permuted
     * @param permutations B, at least 1; adjusted p-values are at least 1/(B + 1)
     * @param alternative  {@code TWO_SIDED} takes the size of the distance
     */
    public static MaxT ofAuroc(LabelPermutation labels, int permutations, Alternative alternative) {
        return new MaxT(labels, permutations, alternative, false);
    }

    /**
     * Starts a search by that distance over its standard deviation among the B + 1 arrangements, so that units with many equal
     * responses, whose AUROC varies less by chance, are not at a disadvantage.
     *
     * @param labels       the labels, and within which strata they were permuted
     * @param permutations B, at least 1; adjusted p-values are at least 1/(B + 1)
     * @param alternative  {@code TWO_SIDED} takes the size of the distance
     */
    public static MaxT ofStandardisedAuroc(LabelPermutation labels, int permutations, Alternative alternative) {
        return new MaxT(labels, permutations, alternative, true);
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
        MaxT search = ofAuroc(labels, permutations, alternative);
        int unitCount = ranks.length / texts;
        float[] column = new float[texts];
        for (int unit = 0; unit < unitCount; unit++) {
            for (int text = 0; text < texts; text++) {
                column[text] = ranks[text * unitCount + unit];
            }
            for (int b = 0; b <= permutations; b++) {
                search.arrangements[b] = sumAt(column, trueTexts[b]);
            }
            search.addUnit();
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
     * Takes the rank sums of the next units from a product in float32. There they are exact, being multiples of one half, as
     * long as they stay below 2^23; a sum that is no such multiple shows that the product was rounded, and is refused.
     *
     * @param rankSums {@code [B + 1, units]}, column-major: the B + 1 sums of the first unit, the observed one first, then those
     *     of the next; from position to limit, which becomes the position
     * @throws UnusableSampleException if it is not a whole number of units, a sum is not one that these ranks can have, or
     *     there are so many texts that float32 could not hold it
     */
    public void add(FloatBuffer rankSums) {
        double largest = smallestSum() + pairs();
        Require.that(
                largest < EXACT_IN_FLOAT,
                Reason.OUT_OF_RANGE,
                "the ranks of %d true among %d texts sum up to %s, which float32 does not hold exactly; use float64",
                labels.positives(),
                labels.units(),
                largest);
        requireWholeUnits(rankSums.remaining());
        float[] sums = new float[arrangements.length];
        while (rankSums.hasRemaining()) {
            rankSums.get(sums);
            for (int b = 0; b < sums.length; b++) {
                arrangements[b] = sums[b];
            }
            addUnit();
        }
    }

    /** Takes the rank sums of the next units from a product in float64, as {@link #add(FloatBuffer)}. */
    public void add(DoubleBuffer rankSums) {
        requireWholeUnits(rankSums.remaining());
        while (rankSums.hasRemaining()) {
            rankSums.get(arrangements);
            addUnit();
        }
    }

    private void requireWholeUnits(int count) {
        Require.notEmpty("rankSums", count);
        Require.that(
                count % arrangements.length == 0,
                Reason.LENGTHS_DIFFER,
                "%d rank sums are no multiple of %d: give one observed and %d permuted sums a unit",
                count,
                arrangements.length,
                permutations);
    }

    private double smallestSum() {
        return 0.5 * labels.positives() * (labels.positives() + 1.0);
    }

    private double pairs() {
        return (double) labels.positives() * labels.negatives();
    }

    /** Takes a unit whose rank sums stand in {@link #arrangements}. */
    private void addUnit() {
        requireRankSums();
        double auroc = (arrangements[0] - smallestSum()) / pairs();
        toStatistics();
        double statistic = arrangements[0];
        int asExtreme = 0;
        for (int b = 0; b < permutations; b++) {
            asExtreme += arrangements[b + 1] >= statistic ? 1 : 0;
            maxima[b] = Math.max(maxima[b], arrangements[b + 1]);
        }
        units.add(auroc, statistic, Permutation.pValue(asExtreme, permutations));
    }

    private void requireRankSums() {
        double smallest = smallestSum();
        double largest = smallest + pairs();
        for (int b = 0; b < arrangements.length; b++) {
            double sum = arrangements[b];
            if (Math.rint(2 * sum) != 2 * sum || sum < smallest || sum > largest) {
                throw Require.outOfRange(
                        "unit %d, arrangement %d: %s is no sum of %d mid-ranks of %d texts; was the product computed in"
                                + " reduced precision, or from something else than ranks?",
                        units.size(), b, sum, labels.positives(), labels.units());
            }
        }
    }

    /** Turns the rank sums of a unit into its statistics; distances are exact without strata, so that ties stay ties. */
    private void toStatistics() {
        double expected = labels.isStratified() ? Moments.mean(arrangements) : smallestSum() + 0.5 * pairs();
        double spread = standardised ? Moments.standardDeviation(arrangements) : pairs();
        for (int b = 0; b < arrangements.length; b++) {
            double distance = arrangements[b] - expected;
            arrangements[b] = spread == 0 ? 0 : oriented(distance) / spread;
        }
    }

    private double oriented(double distance) {
        return switch (alternative) {
            case GREATER -> distance;
            case LESS -> -distance;
            case TWO_SIDED -> Math.abs(distance);
        };
    }

    /**
     * Returns what was found among the units added so far.
     *
     * @throws UnusableSampleException if none was
     */
    public MaxTResult result() {
        Require.notEmpty("the search", units.size());
        double[] sorted = maxima.clone();
        Arrays.sort(sorted);
        return new MaxTResult(units, sorted);
    }
}
