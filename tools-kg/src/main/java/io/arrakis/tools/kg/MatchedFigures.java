package io.arrakis.tools.kg;

import static io.arrakis.tools.kg.FeatureSets.both;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.MatrixRows;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.Search;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Half;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The figures C6 and C6.matched: related pairs against unrelated ones that the plain cosine hardly tells from them. In C6 the second
 * word of an unrelated pair is the one most like the related word, in C6.matched the one whose cosine with the first is nearest to
 * that of the related pair.
 */
final class MatchedFigures {

    /** Unrelated pairs that teach for each related one; so many more where the pairs of all relations teach. */
    private static final int SEVERAL = 4;

    private static final int SHARED = 2;

    /** Nearest words whose mean cosine says how much of a hub a word is. */
    private static final int NEAR = 10;

    private static final List<int[]> FIRST = List.of(new int[] {0});

    /** Places of own scores, the same in both directions, own components, shared components. */
    private static final List<int[]> SUMS = List.of(
            new int[] {0},
            new int[] {1},
            new int[] {2},
            new int[] {3},
            new int[] {1, 2},
            new int[] {1, 3},
            new int[] {2, 3},
            new int[] {1, 2, 3});

    private final EvaluationInputs inputs;
    private final PairFeatures heads;
    private final PairFeatures randomMaps;
    private final List<Variant> variants;
    private final double[] nearness;

    /** AUROC of one relation by all that is learnt of the heads, of random maps, and of the second word alone. */
    record Matched(double heads, double randomMaps, double secondWord) {}

    /** Makes unrelated pairs of related ones, at most so many of each. */
    private interface Unrelated {
        List<WordPair> of(List<WordPair> related, int count);
    }

    /** A kind of unrelated pairs, and what the pairs of all relations teach of them. */
    private record Variant(String id, Unrelated unrelated, Scoring heads, Scoring randomMaps) {}

    /**
     * Learns what all relations share.
     *
     * @param inputs     words and pairs
     * @param heads      what the heads say
     * @param randomMaps what random maps say
     */
    MatchedFigures(EvaluationInputs inputs, PairFeatures heads, PairFeatures randomMaps) {
        this.inputs = inputs;
        this.heads = heads;
        this.randomMaps = randomMaps;
        HeapMatrix unit = heads.first();
        LinearAlgebra linearAlgebra = inputs.context().linearAlgebra();
        this.nearness = nearness(unit, linearAlgebra);
        this.variants = List.of(
                variant("C6", new AlikePairs(inputs.pairs(), inputs.words(), unit, linearAlgebra)::of),
                variant("C6.matched", new MatchedPairs(inputs.pairs(), inputs.words(), unit, linearAlgebra)::of));
    }

    private Variant variant(String id, Unrelated unrelated) {
        Detection.Sample all = Detection.Sample.all(IntStream.range(
                        0, inputs.pairs().relations().size())
                .mapToObj(relation -> inputs.sample(Half.SELECTION, relation, related -> unrelated.of(related, SHARED)))
                .toList());
        return new Variant(
                id, unrelated, SharedScore.of(components(heads), all), SharedScore.of(components(randomMaps), all));
    }

    /** Mean cosine of each word with those most like it: what is found as the nearest of another has many that are near. */
    private static double[] nearness(HeapMatrix unit, LinearAlgebra linearAlgebra) {
        int near = Math.min(NEAR, unit.rows() - 1);
        try (INDArray rows = unit.toArray()) {
            Neighbours nearest = linearAlgebra.nearest(
                    new MatrixRows(rows), new MatrixRows(rows), Search.nearest(near, Exclusion.SELF));
            return IntStream.range(0, unit.rows())
                    .mapToDouble(word -> IntStream.range(0, nearest.count(word))
                            .mapToDouble(rank -> nearest.similarity(word, rank))
                            .average()
                            .orElse(0))
                    .toArray();
        }
    }

    /**
     * Adds the figures of one relation.
     *
     * @return those of C6
     */
    Matched of(int relation) {
        List<Matched> found =
                variants.stream().map(variant -> against(variant, relation)).toList();
        return found.get(0);
    }

    private Matched against(Variant variant, int relation) {
        String id = variant.id();
        String name = inputs.name(relation);
        EvaluationRows rows = inputs.rows();
        Detection one = inputs.against(relation, related -> variant.unrelated().of(related, 1));
        Detection several = new Detection(
                inputs.sample(
                        Half.SELECTION, relation, related -> variant.unrelated().of(related, SEVERAL)),
                one.held());
        Estimate byHeads = several.bestSum(learnt(heads, variant.heads()), SUMS);
        Estimate byMaps = several.bestSum(learnt(randomMaps, variant.randomMaps()), SUMS);
        Estimate bySecond = several.bestSum(List.of(new LearntScore(heads::second, 0.001)), FIRST);
        rows.add(id, name, byHeads);
        rows.add(id + ".heads", name, one.logistic(heads::logits));
        rows.add(id + ".random_maps", name, one.best(randomMaps::cosines));
        rows.add(id + ".random_maps_learnt", name, byMaps);
        rows.add(id + ".random_maps_heads", name, one.logistic(randomMaps::logits));
        rows.add(id + ".second_word", name, bySecond);
        rows.add(id + ".second_word_nearness", name, one.one(pair -> -nearness[pair.tail()]));
        rows.add(id + ".plain_cosine", name, one.one(pair -> heads.plain(pair)[0]));
        return new Matched(byHeads.value(), byMaps.value(), bySecond.value());
    }

    /** What can be learnt of pairs: from the scores of heads, the same in both directions, and their components in both. */
    private static List<Scoring> learnt(PairFeatures heads, Scoring shared) {
        return List.of(
                new LearntScore(heads::logits, 0.1),
                new LearntScore(both(heads::logits), 0.01),
                components(heads),
                shared);
    }

    private static LearntScore components(PairFeatures heads) {
        return new LearntScore(heads::components, 0.0005);
    }

    /** Says how much of it is the heads'. */
    static String sentence(List<Matched> matched) {
        return String.format(
                Locale.ROOT,
                "Against pairs with the word most like the second what is learnt of the heads has a mean AUROC of %.3f, of random maps"
                        + " %.3f, of the second word alone %.3f.",
                mean(matched, Matched::heads),
                mean(matched, Matched::randomMaps),
                mean(matched, Matched::secondWord));
    }

    private static double mean(List<Matched> matched, ToDoubleFunction<Matched> value) {
        return matched.stream().mapToDouble(value).average().orElseThrow();
    }
}
