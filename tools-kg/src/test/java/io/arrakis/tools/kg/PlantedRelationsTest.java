package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planted in a head must be found, and what is not must stay silent. */
class PlantedRelationsTest {

    private static final int WORDS = 300;

    private static HeadSubspace subspace(BlockAttention attention, int topK) {
        return extraction(topK, false).of(0, attention).heads().get(0);
    }

    private static BlockSubspaces extraction(int topK, boolean biases) {
        return new BlockSubspaces(PlantedHead.KERNELS, SeededRandom.of(5), topK, biases, Distance.at(0, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsThePlantedDirections(long seed) {
        PlantedHead head = new PlantedHead(seed);
        HeadSubspace found = subspace(head.attention(3, 0.005), PlantedHead.RELATIONS);
        assertThat(PrincipalAngles.degrees(found.query(), head.planted(Side.QUERY)))
                .allSatisfy(angle -> assertThat(angle).isLessThan(5));
        assertThat(PrincipalAngles.degrees(found.key(), head.planted(Side.KEY)))
                .allSatisfy(angle -> assertThat(angle).isLessThan(5));
        assertThat(found.explained(PlantedHead.RELATIONS)).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tellsPairsFromDerangedPairs(long seed) {
        PlantedHead head = new PlantedHead(seed);
        HeapMatrix codes = head.codes(WORDS);
        PairSpace space = space(
                subspace(head.attention(3, 0.005), PlantedHead.RELATIONS),
                head.words(codes, Side.QUERY, 0.1),
                head.words(codes, Side.KEY, 0.1));
        double[] related = similarities(space, i -> i);
        double[] deranged = similarities(space, i -> (i + 7) % WORDS);
        double[] others = similarities(space, i -> (i + 31) % WORDS);
        assertThat(auroc(related, deranged)).isGreaterThan(0.95);
        assertThat(auroc(others, deranged)).isBetween(0.45, 0.55);
    }

    @Test
    void aHeadThatOnlyLikesSomeQueriesFailsOnceRowsAndColumnsAreCentred() {
        PlantedHead head = new PlantedHead(9);
        HeadSubspace subspace = subspace(head.attention(3, 0.005), PlantedHead.RELATIONS);
        HeapMatrix loud = HeapMatrix.zeros(WORDS, PlantedHead.RELATIONS);
        HeapMatrix keys = HeapMatrix.zeros(WORDS, PlantedHead.RELATIONS);
        Arrays.fill(keys.values(), 1);
        for (int word = 0; word < WORDS / 2; word++) {
            loud.values()[word * PlantedHead.RELATIONS] = 4;
        }
        PairSpace raw = bilinear(subspace, head.words(loud, Side.QUERY, 0.1), head.words(keys, Side.KEY, 0.1));
        PairSpace centred = raw.doublyCentred(raw);
        assertThat(unary(raw)).isGreaterThan(0.95);
        assertThat(unary(centred)).isCloseTo(0.5, within(0.06));
    }

    private static double unary(PairSpace space) {
        double[] loud = new double[WORDS / 2];
        double[] quiet = new double[WORDS / 2];
        for (int i = 0; i < WORDS / 2; i++) {
            loud[i] = space.similarity(i, (i * 37) % WORDS);
            quiet[i] = space.similarity(i + WORDS / 2, (i * 53) % WORDS);
        }
        return auroc(loud, quiet);
    }

    @Test
    void signsAreFixedByTheLargestCoordinateOfTheQuerySide() {
        HeadSubspace found = subspace(new PlantedHead(3).attention(3, 0.1), PlantedHead.D_HEAD);
        for (int k = 0; k < found.query().rows(); k++) {
            double largest = 0;
            for (int i = 0; i < found.query().columns(); i++) {
                double value = found.query().at(k, i);
                largest = Math.abs(value) > Math.abs(largest) ? value : largest;
            }
            assertThat(largest).as("component %d", k).isPositive();
        }
    }

    @Test
    void equalSingularValuesMayTurnButTheirSpaceAndTheScoresStay() {
        PlantedHead head = new PlantedHead(4);
        BlockAttention attention = head.attention(3, 0);
        HeadSubspace found = subspace(attention, PlantedHead.RELATIONS);
        assertThat(found.values()[0]).isCloseTo(found.values()[2], within(1e-4));
        assertThat(PrincipalAngles.degrees(found.query(), head.planted(Side.QUERY)))
                .allSatisfy(angle -> assertThat(angle).isLessThan(0.1));
        assertThat(extraction(PlantedHead.RELATIONS, false)
                        .of(0, attention)
                        .errors()
                        .get(0))
                .isLessThan(1e-5);
    }

    @Test
    void aProofThatDoesNotHoldIsSeen() {
        PlantedHead head = new PlantedHead(6);
        BlockAttention attention = head.attention(3, 0.1);
        BlockAttention other = new PlantedHead(7).attention(3, 0.1);
        HeapMatrix queryFactor = attention.factor(Side.QUERY, 0, false, Turn.NONE);
        HeapMatrix keyFactor = attention.factor(Side.KEY, 0, false, Turn.NONE);
        try (var a = queryFactor.toNative();
                var b = keyFactor.toNative()) {
            ScoreProof wrong = new ScoreProof(other, PlantedHead.KERNELS, Distance.at(0, 1), false);
            assertThat(wrong.errors(
                            PlantedHead.KERNELS.productSvd(List.of(a.array()), List.of(b.array())), SeededRandom.of(1)))
                    .allSatisfy(error -> assertThat(error).isGreaterThan(0.1));
        }
    }

    @Test
    void gaussianHeadsHaveTheSpectrumThatChancePredicts() {
        BlockAttention attention = new PlantedHead(8).attention(0, 1);
        HeadSubspace found = subspace(attention, 4);
        assertThat(found.explained(4)).isCloseTo(found.explainedByChance(4), within(0.08));
    }

    private static PairSpace space(HeadSubspace subspace, HeapMatrix queries, HeapMatrix keys) {
        return new PairSpace(
                Vectors.unit(coordinates(queries, subspace.query())), Vectors.unit(coordinates(keys, subspace.key())));
    }

    private static PairSpace bilinear(HeadSubspace subspace, HeapMatrix queries, HeapMatrix keys) {
        return new PairSpace(coordinates(queries, subspace.query()), coordinates(keys, subspace.key()));
    }

    private static HeapMatrix coordinates(HeapMatrix rows, HeapMatrix directions) {
        HeapMatrix result = HeapMatrix.zeros(rows.rows(), directions.rows());
        for (int i = 0; i < rows.rows(); i++) {
            for (int k = 0; k < directions.rows(); k++) {
                result.values()[i * directions.rows() + k] = (float) Vectors.dot(rows, i, directions, k);
            }
        }
        return result;
    }

    private static double[] similarities(PairSpace space, IntUnaryOperator partner) {
        double[] similarities = new double[WORDS];
        for (int i = 0; i < WORDS; i++) {
            similarities[i] = space.similarity(i, partner.applyAsInt(i));
        }
        return similarities;
    }

    private static double auroc(double[] positives, double[] negatives) {
        double[] scores = Arrays.copyOf(positives, positives.length + negatives.length);
        System.arraycopy(negatives, 0, scores, positives.length, negatives.length);
        boolean[] labels = new boolean[scores.length];
        Arrays.fill(labels, 0, positives.length, true);
        return Auroc.of(scores, labels);
    }
}
