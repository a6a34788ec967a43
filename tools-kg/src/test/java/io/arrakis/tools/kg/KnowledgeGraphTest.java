package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Graph;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups, centralities and the rule of false discoveries. */
class KnowledgeGraphTest {

    private static Graph.Edge edge(String from, String to, double pValue) {
        return edge(from, to, pValue, 0.9);
    }

    private static Graph.Edge edge(String from, String to, double pValue, double similarity) {
        return new Graph.Edge(from, to, "L0H0", similarity, Map.of(Chance.RANDOM_PAIRS.attribute(), pValue));
    }

    private static MergedEdge merged(String from, String to) {
        return merged(from, to, 0.9);
    }

    private static MergedEdge merged(String from, String to, double similarity) {
        return new MergedEdge(from, to, List.of(edge(from, to, 0.001, similarity)));
    }

    /** Two groups of six, everybody related within, with one bridge from f to g. */
    private static List<MergedEdge> groups() {
        List<MergedEdge> edges = new ArrayList<>();
        for (String group : List.of("abcdef", "ghijkl")) {
            for (int i = 0; i < group.length(); i++) {
                for (int j = i + 1; j < group.length(); j++) {
                    edges.add(merged(group.substring(i, i + 1), group.substring(j, j + 1)));
                }
            }
        }
        edges.add(merged("f", "g"));
        return edges;
    }

    @Test
    void findsTheGroupsAndTheBridge() {
        GraphShape shape = new GraphShape(groups(), 1);
        Map<String, Integer> groups = shape.groupOf();
        assertThat(shape.groups()).isEqualTo(2);
        assertThat(groups.get("a")).isEqualTo(groups.get("b")).isEqualTo(groups.get("f"));
        assertThat(groups.get("g")).isEqualTo(groups.get("l")).isNotEqualTo(groups.get("a"));
        // 30 of 31 edges lie within a group, and each group has half of all ends.
        assertThat(shape.modularity()).isCloseTo(30 / 31.0 - 0.5, within(1e-9));
        assertThat(shape.betweenness("f")).isGreaterThan(shape.betweenness("b"));
        assertThat(shape.in("g")).isEqualTo(1);
        assertThat(shape.out("a")).isEqualTo(5);
    }

    /** Two ways of two steps from a to d: a pair that is more alike is no longer way. */
    @Test
    void aPathIsAsLongAsItHasSteps() {
        List<MergedEdge> edges =
                List.of(merged("a", "b", 0.95), merged("b", "d", 0.95), merged("a", "c", 0.7), merged("c", "d", -0.2));
        GraphShape shape = new GraphShape(edges, 1);
        assertThat(shape.betweenness("b")).isPositive().isEqualTo(shape.betweenness("c"));
    }

    @Test
    void keepsBothDirectionsOfAPairApart() {
        GraphShape shape = new GraphShape(List.of(merged("a", "b"), merged("b", "a")), 1);
        assertThat(shape.tokens()).isEqualTo(2);
        assertThat(shape.in("a")).isEqualTo(1);
    }

    @Test
    void countsEveryPairThatWasTriedAsATest() {
        List<Graph.Edge> edges = List.of(edge("a", "b", 0.001), edge("a", "c", 0.04), edge("b", "c", 0.002));
        assertThat(BuildKnowledgeGraph.held(edges, 3, 0.05, Chance.RANDOM_PAIRS))
                .hasSize(3);
        assertThat(BuildKnowledgeGraph.held(edges, 10, 0.05, Chance.RANDOM_PAIRS))
                .extracting(Graph.Edge::to)
                .containsExactly("b", "c");
        assertThat(BuildKnowledgeGraph.held(edges, 1_000, 0.05, Chance.RANDOM_PAIRS))
                .isEmpty();
        assertThat(BuildKnowledgeGraph.held(List.of(), 1_000, 0.05, Chance.RANDOM_PAIRS))
                .isEmpty();
    }

    /** One in fifty of the random pairs is related: the tails are theirs, the middle is not. */
    @Test
    void theFittedNullIsThatOfTheUnrelated() {
        NullPairs.Measured measured = chance(similarities(0.2, 0.8), true);
        assertThat(measured.pValue(0.9)).isGreaterThan(0.00004);
        assertThat(measured.fittedPValue(0.9)).isLessThan(1e-6);
        assertThat(measured.fittedPValue(0.0)).isCloseTo(0.5, within(0.03));
        assertThat(measured.fittedPValue(0.2 * 1.645)).isCloseTo(0.05, within(0.025));
    }

    /** Random pairs among which one is as large have seen it; products and few dimensions have no known ends. */
    @Test
    void theFittedNullSaysNoMoreThanItCanKnow() {
        NullPairs.Measured seen = chance(similarities(0.2, 0.8), true);
        assertThat(seen.fittedPValue(0.8)).isEqualTo(seen.pValue(0.8)).isGreaterThan(0.005);
        for (NullPairs.Measured unknown :
                List.of(chance(similarities(0.2, 0.8), false), chance(similarities(0.5, 0), true))) {
            assertThat(unknown.fittedPValue(5)).isGreaterThanOrEqualTo(unknown.pValue(5));
        }
    }

    /** Gaussian numbers, with one in fifty at another place. */
    private static double[] similarities(double deviation, double related) {
        SeededRandom random = SeededRandom.of(1);
        double[] similarities = new double[20_000];
        for (int i = 0; i < similarities.length; i++) {
            similarities[i] = deviation * random.nextGaussian();
            if (i % 50 == 0) {
                similarities[i] = related;
            }
        }
        Arrays.sort(similarities);
        return similarities;
    }

    private static NullPairs.Measured chance(double[] similarities, boolean cosines) {
        return new NullPairs.Measured(similarities, similarities, cosines, 1_000_000);
    }

    @Test
    void aNullWithoutSpreadKnowsOnlyEqualAndLarger() {
        NullPairs.Measured flat = chance(new double[8], false);
        assertThat(flat.fittedPValue(0)).isEqualTo(1);
        assertThat(flat.fittedPValue(0.1)).isEqualTo(flat.pValue(0.1)).isCloseTo(1 / 9.0, within(1e-12));
    }

    @Test
    void noPIsBelowOneOfTheDifferentPairs() {
        double[] similarities = new double[10_000];
        assertThat(new NullPairs.Measured(similarities, similarities, true, 2).pValue(1))
                .isCloseTo(1 / 3.0, within(1e-12));
        NullPairs two = new NullPairs(2, SeededRandom.of(1));
        two.requireEnough(new Threshold.Calibrated(0.5));
        assertThatThrownBy(() -> two.requireEnough(new Threshold.Calibrated(0.01)))
                .hasMessageContaining("reference: error DATA-UNFIT: the reference words make 2 different pairs");
        assertThat(two.warning()).hasValueSatisfying(said -> assertThat(said).contains("one of 3"));
        assertThat(new NullPairs(200, SeededRandom.of(1)).warning()).isEmpty();
    }

    @Test
    void refusesMorePairsThanThereIsMemoryFor() {
        List<PairSearch.Pair> pairs = List.of(new PairSearch.Pair(0, 1, 0.9), new PairSearch.Pair(1, 0, 0.9));
        NullPairs.Measured chance = chance(new double[8], false);
        TypedPairs type =
                new TypedPairs(0, "L0H0", 0.5, 0, chance, new PairSearch.Found(pairs, 2), HeadComponents.NONE);
        IdentifyRelationTypes.requireRoom(List.of(type), 10_000);
        assertThatThrownBy(() -> IdentifyRelationTypes.requireRoom(List.of(type, type), 1_000))
                .hasMessage(
                        "most_per_token: error MEMORY: 4 related pairs of 2 heads do not fit into the memory for results;"
                                + " raise the threshold, lower most_per_token, or name fewer blocks");
    }

    @Test
    void refusesASearchThatThereIsNoMemoryForBeforeItBegins() {
        IdentifyRelationTypes.requireRoom(101, 1_000, 101 * 100 * 8);
        for (long[] most : new long[][] {{101, 1_000, 101 * 100 * 8 - 1}, {50_000, 100_000, Long.MAX_VALUE}}) {
            assertThatThrownBy(() -> IdentifyRelationTypes.requireRoom((int) most[0], (int) most[1], most[2]))
                    .hasMessageContaining("most_per_token: error MEMORY: places for ")
                    .hasMessageContaining("lower most_per_token, or name fewer tokens");
        }
    }

    /** Cosines of Gaussian vectors in 20 dimensions, of which the quartiles alone are known. */
    @Test
    void theFittedNullOfCosinesIsThatOfRandomDirections() {
        SeededRandom random = SeededRandom.of(2);
        double[] cosines = new double[50_000];
        for (int i = 0; i < cosines.length; i++) {
            double[] sums = new double[3];
            for (int k = 0; k < 20; k++) {
                double a = random.nextGaussian();
                double b = random.nextGaussian();
                sums[0] += a * b;
                sums[1] += a * a;
                sums[2] += b * b;
            }
            cosines[i] = sums[0] / Math.sqrt(sums[1] * sums[2]);
        }
        Arrays.sort(cosines);
        NullPairs.Measured measured = chance(cosines, true);
        for (double cosine : new double[] {-0.3, 0, 0.2, 0.4, 0.6}) {
            assertThat(measured.fittedPValue(cosine))
                    .as("cosine %s", cosine)
                    .isCloseTo(measured.pValue(cosine), within(0.01));
        }
        assertThat(measured.fittedPValue(0.95)).isBetween(1e-13, 1e-8);
        assertThat(measured.fittedPValue(1.2)).isEqualTo(measured.fittedPValue(0.95));
    }
}
