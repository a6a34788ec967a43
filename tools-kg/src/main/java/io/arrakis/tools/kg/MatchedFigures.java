package io.arrakis.tools.kg;

import static io.arrakis.tools.kg.FeatureSets.both;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.Search;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.stats.Half;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    private final HeapMatrix unit;
    private final Runnable relationDone;
    private final List<Variant> variants;
    private final double[] nearness;

    /** AUROC of one relation by all that is learnt of the heads, of random maps, and of the second word alone. */
    record Matched(double heads, double randomMaps, double secondWord) {}

    /** Makes unrelated pairs of related ones, at most so many of each. */
    private interface Unrelated {
        List<WordPair> of(List<WordPair> related, int count);
    }

    /**
     * A kind of unrelated pairs.
     *
     * @param one     of each relation, an unrelated pair for each related one
     * @param several the same with more that teach
     * @param all     of all relations, those that teach what they share
     */
    private record Variant(String id, List<Detection> one, List<Detection> several, Detection.Sample all) {

        Stream<WordPair> pairs() {
            return Stream.of(one, several)
                    .flatMap(List::stream)
                    .flatMap(Detection::pairs)
                    .distinct();
        }
    }

    /**
     * What is told of the pairs of one relation.
     *
     * @param best   by the best cosine
     * @param scores by all scores
     * @param learnt by all that can be learnt
     */
    record Told(Estimate best, Estimate scores, Estimate learnt) {}

    /**
     * Makes the unrelated pairs.
     *
     * @param inputs words and pairs
     * @param unit   the words' first vectors, of length 1
     * @param relationDone run when what is told of a relation is known
     */
    MatchedFigures(EvaluationInputs inputs, HeapMatrix unit, Runnable relationDone) {
        this.inputs = inputs;
        this.unit = unit;
        this.relationDone = relationDone;
        LinearAlgebra linearAlgebra = inputs.context().linearAlgebra();
        this.nearness = nearness(unit, linearAlgebra);
        this.variants = List.of(
                variant("C6", new AlikePairs(inputs.pairs(), inputs.words(), unit, linearAlgebra)::of),
                variant("C6.matched", new MatchedPairs(inputs.pairs(), inputs.words(), unit, linearAlgebra)::of));
    }

    private Variant variant(String id, Unrelated unrelated) {
        List<Detection> one = relations()
                .mapToObj(relation -> inputs.against(relation, related -> unrelated.of(related, 1)))
                .toList();
        List<Detection> several = relations()
                .mapToObj(relation -> new Detection(
                        inputs.sample(Half.SELECTION, relation, related -> unrelated.of(related, SEVERAL)),
                        one.get(relation).held()))
                .toList();
        Detection.Sample all = Detection.Sample.all(relations()
                .mapToObj(relation -> inputs.sample(Half.SELECTION, relation, related -> unrelated.of(related, SHARED)))
                .toList());
        return new Variant(id, one, several, all);
    }

    private IntStream relations() {
        return IntStream.range(0, inputs.pairs().relations().size());
    }

    /** Returns all pairs that features are asked of. */
    Stream<WordPair> pairs() {
        return variants.stream().flatMap(Variant::pairs);
    }

    /** Mean cosine of each word with those most like it: what is found as the nearest of another has many that are near. */
    private static double[] nearness(HeapMatrix unit, LinearAlgebra linearAlgebra) {
        int near = Math.min(NEAR, unit.rows() - 1);
        Neighbours nearest = linearAlgebra.nearest(unit, unit, Search.nearest(near, Exclusion.SELF));
        return IntStream.range(0, unit.rows())
                .mapToDouble(word -> IntStream.range(0, nearest.count(word))
                        .mapToDouble(rank -> nearest.similarity(word, rank))
                        .average()
                        .orElse(0))
                .toArray();
    }

    /** Returns what heads or maps tell, for each kind of unrelated pairs and each relation. */
    List<List<Told>> told(PairFeatures by) {
        return variants.stream().map(variant -> told(variant, by)).toList();
    }

    private List<Told> told(Variant variant, PairFeatures by) {
        Scoring shared = SharedScore.of(components(by), variant.all());
        List<Told> told = new ArrayList<>();
        for (int relation = 0; relation < variant.one().size(); relation++) {
            inputs.context().checkCancelled();
            Detection one = variant.one().get(relation);
            Detection several = variant.several().get(relation);
            told.add(new Told(
                    one.best(by::cosines), one.logistic(by::logits), several.bestSum(learnt(by, shared), SUMS)));
            relationDone.run();
        }
        return told;
    }

    /**
     * Adds the figures of one relation.
     *
     * @param heads      what the heads tell
     * @param randomMaps what random maps tell
     * @param plain      the features of the heads, which have the plain cosine
     * @return those of C6
     */
    Matched add(int relation, List<List<Told>> heads, List<List<Told>> randomMaps, PairFeatures plain) {
        List<Matched> found = IntStream.range(0, variants.size())
                .mapToObj(variant -> add(
                        variants.get(variant),
                        relation,
                        heads.get(variant).get(relation),
                        randomMaps.get(variant).get(relation),
                        plain))
                .toList();
        return found.get(0);
    }

    private Matched add(Variant variant, int relation, Told heads, Told randomMaps, PairFeatures plain) {
        String id = variant.id();
        String name = inputs.name(relation);
        Evaluation.Builder rows = inputs.rows();
        Detection one = variant.one().get(relation);
        Estimate bySecond =
                variant.several().get(relation).bestSum(List.of(new LearntScore(this::second, 0.001)), FIRST);
        rows.add(id, name, heads.learnt());
        rows.add(id + ".heads", name, heads.scores());
        rows.add(id + ".random_maps", name, randomMaps.best());
        rows.add(id + ".random_maps_learnt", name, randomMaps.learnt());
        rows.add(id + ".random_maps_heads", name, randomMaps.scores());
        rows.add(id + ".second_word", name, bySecond);
        rows.add(id + ".second_word_nearness", name, one.one(pair -> -nearness[pair.tail()]));
        rows.add(id + ".plain_cosine", name, one.one(pair -> plain.plain(pair)[0]));
        return new Matched(heads.learnt().value(), randomMaps.learnt().value(), bySecond.value());
    }

    /** The second word's first vector. */
    private double[] second(WordPair pair) {
        return IntStream.range(0, unit.columns())
                .mapToDouble(i -> unit.at(pair.tail(), i))
                .toArray();
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
        return new LearntScore(pair -> heads.of(PairFeatures.Kind.COMPONENTS, pair), 0.0005);
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
