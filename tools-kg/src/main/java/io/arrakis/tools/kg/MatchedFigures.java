package io.arrakis.tools.kg;

import static io.arrakis.tools.kg.FeatureSets.both;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Half;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The figures C6: related pairs against unrelated ones that the plain cosine cannot tell from them.
 *
 * @param inputs     words and pairs
 * @param heads      what the heads say
 * @param randomMaps what random maps say
 */
record MatchedFigures(EvaluationInputs inputs, PairFeatures heads, PairFeatures randomMaps) {

    /** Unrelated pairs that teach for each related one. */
    private static final int SEVERAL = 4;

    private static final List<int[]> FIRST = List.of(new int[] {0});
    private static final List<int[]> SUMS = List.of(new int[] {0}, new int[] {1}, new int[] {2}, new int[] {1, 2});

    /** AUROC of one relation by all that is learnt of the heads, of random maps, and of the second word alone. */
    record Matched(double heads, double randomMaps, double secondWord) {}

    /** Related pairs against unrelated ones of the same plain cosine, and against those with the most similar second word. */
    Matched of(int relation) {
        String name = inputs.name(relation);
        PairSet pairs = inputs.pairs();
        WordVectors words = inputs.words();
        LinearAlgebra linearAlgebra = inputs.context().linearAlgebra();
        EvaluationRows rows = inputs.rows();
        MatchedPairs unrelated = new MatchedPairs(pairs, words, heads.first(), linearAlgebra);
        Detection matched = inputs.against(relation, related -> unrelated.of(related, 1));
        Detection several = new Detection(
                inputs.sample(Half.SELECTION, relation, related -> unrelated.of(related, SEVERAL)), matched.held());
        Estimate byHeads = several.bestSum(learnt(heads), SUMS);
        Estimate byMaps = several.bestSum(learnt(randomMaps), SUMS);
        Estimate bySecond = several.bestSum(List.of(new LearntScore(heads::second, 0.001)), FIRST);
        rows.add("C6", name, byHeads);
        rows.add("C6.heads", name, matched.logistic(heads::logits));
        rows.add("C6.random_maps", name, matched.best(randomMaps::cosines));
        rows.add("C6.random_maps_learnt", name, byMaps);
        rows.add("C6.random_maps_heads", name, matched.logistic(randomMaps::logits));
        rows.add("C6.second_word", name, bySecond);
        rows.add("C6.plain_cosine", name, matched.one(pair -> heads.plain(pair)[0]));
        AlikePairs alike = new AlikePairs(pairs, words, heads.first(), linearAlgebra);
        Detection nearest = inputs.against(relation, alike::of);
        rows.add("C6.nearest", name, nearest.logistic(heads::logits));
        rows.add("C6.nearest_plain_cosine", name, nearest.one(pair -> heads.plain(pair)[0]));
        return new Matched(byHeads.value(), byMaps.value(), bySecond.value());
    }

    /** What can be learnt of pairs: from the scores of heads, the same in both directions, and their components in both. */
    private static List<LearntScore> learnt(PairFeatures heads) {
        return List.of(
                new LearntScore(heads::logits, 0.1),
                new LearntScore(both(heads::logits), 0.01),
                new LearntScore(heads::components, 0.0005));
    }

    /** Says how much of it is the heads'. */
    static String sentence(List<Matched> matched) {
        return String.format(
                Locale.ROOT,
                "Against unrelated pairs of the same cosine what is learnt of the heads has a mean AUROC of %.3f, of random maps"
                        + " %.3f, of the second word alone %.3f.",
                mean(matched, Matched::heads),
                mean(matched, Matched::randomMaps),
                mean(matched, Matched::secondWord));
    }

    private static double mean(List<Matched> matched, ToDoubleFunction<Matched> value) {
        return matched.stream().mapToDouble(value).average().orElseThrow();
    }
}
