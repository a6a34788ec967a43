package io.arrakis.tools.kg;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Weights;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Binomial;
import io.arrakis.api.stats.ConfusionMatrix;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Measures the figures of {@link EvaluateRelations}. */
final class RelationFigures {

    /** Unrelated pairs that teach for each related one. */
    private static final int SEVERAL = 4;

    private static final int DRAWS = 5;

    private static final List<int[]> FIRST = List.of(new int[] {0});
    private static final List<int[]> SUMS = List.of(new int[] {0}, new int[] {1}, new int[] {2}, new int[] {1, 2});

    private final EvaluateRelations.Params params;
    private final WordVectors words;
    private final PairSet pairs;
    private final OperationContext context;
    private final EvaluationRows rows;
    private final String[] spelling;

    RelationFigures(EvaluateRelations.Params params, WordVectors words, PairSet pairs, OperationContext context) {
        this.params = params;
        this.words = words;
        this.pairs = pairs;
        this.context = context;
        this.rows = new EvaluationRows(params.required());
        this.spelling = new String[words.places().size()];
        words.places().forEach((word, place) -> spelling[place] = word);
    }

    RelationEvaluation measure(Weights weights) {
        PairFeatures heads = features(weights, (attention, block) -> attention);
        SeededRandom maps = context.random("random maps");
        PairFeatures randomMaps =
                features(weights, (attention, block) -> attention.randomised(maps.child(block), false));
        WrittenWords written = written(weights, heads.first());
        PairFeatures sharedMap = features(weights, (attention, block) -> attention.randomised(maps.child(block), true));
        List<Double> best = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Matched> likeAgainstLike = new ArrayList<>();
        try (OperationContext.Progress progress =
                context.progress("relations", pairs.relations().size())) {
            for (int relation = 0; relation < pairs.relations().size(); relation++) {
                context.checkCancelled();
                String name = pairs.relations().get(relation);
                Detection detection = deranged(relation);
                Estimate bestHead = detection.best(heads::cosines);
                Estimate plainCosine = detection.one(pair -> heads.plain(pair)[0]);
                best.add(bestHead.value());
                plain.add(plainCosine.value());
                rows.add("C1", name, bestHead);
                rows.add("C1.all_heads", name, detection.logistic(heads::logits));
                rows.add("C1.few_components", name, detection.best(heads::fewCosines));
                rows.add("C1.random_maps", name, detection.best(randomMaps::cosines));
                rows.add("C1.shared_random_map", name, detection.best(sharedMap::cosines));
                rows.add("C2", name, plainCosine);
                likeAgainstLike.add(matched(relation, heads, randomMaps));
                direction(relation, heads);
                written(relation, written);
                progress.advance(1);
            }
        }
        TypeClassifier types = types();
        Estimate macroF1 = macroF1(types, heads, weights);
        double falsePositives = falsePositiveRate(heads);
        return new RelationEvaluation(
                macroF1,
                mean(best),
                mean(plain),
                spelling.length,
                pairs.pairs().size(),
                rows.evaluation(),
                confusion(types.confusion(types.predict(both(heads::logits)))),
                sentence(mean(best), mean(plain)) + ' ' + sentence(likeAgainstLike),
                falsePositives > 0.05
                        ? List.of(String.format(
                                Locale.ROOT,
                                "with %d components %.0f%% of random pairs reach a cosine of %s",
                                params.fewComponents(),
                                100 * falsePositives,
                                params.threshold()))
                        : List.of());
    }

    /** What a block reads of each word, and with which attention. */
    private record BlockWords(BlockAttention attention, HeapMatrix words) {}

    private PairFeatures features(Weights weights, BiFunction<BlockAttention, Integer, BlockAttention> change) {
        return features(
                weights,
                change,
                (own, block) -> own.add(
                        block.attention(),
                        block.words(),
                        params.topK(),
                        params.fewComponents(),
                        softCap(),
                        context.linearAlgebra()));
    }

    private PairFeatures features(
            Weights weights,
            BiFunction<BlockAttention, Integer, BlockAttention> change,
            BiConsumer<PairFeatures, BlockWords> add) {
        Architecture architecture = context.model().architecture();
        PairFeatures features = new PairFeatures();
        for (int block = 0; block < architecture.dims().nLayers(); block++) {
            context.checkCancelled();
            BlockAttention attention = BlockAttention.read(new BlockWeights(weights, architecture, block));
            HeapMatrix input = AttentionInput.normed(AttentionInput.norm(architecture), words.stream(block));
            add.accept(features, new BlockWords(change.apply(attention, block), input));
        }
        return features;
    }

    private double softCap() {
        return context.model().architecture().attention().scoreSoftCap().orElse(0);
    }

    /** AUROC of one relation by all that is learnt of the heads, of random maps, and of the second word alone. */
    private record Matched(double heads, double randomMaps, double secondWord) {}

    /** Related pairs against unrelated ones of the same plain cosine, and against those with the most similar second word. */
    private Matched matched(int relation, PairFeatures heads, PairFeatures randomMaps) {
        String name = pairs.relations().get(relation);
        MatchedPairs unrelated = new MatchedPairs(pairs, words, heads.first(), context.linearAlgebra());
        Detection matched = against(relation, related -> unrelated.of(related, 1), related -> unrelated.of(related, 1));
        Detection several =
                against(relation, related -> unrelated.of(related, SEVERAL), related -> unrelated.of(related, 1));
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
        AlikePairs alike = new AlikePairs(pairs, words, heads.first(), context.linearAlgebra());
        Detection nearest = against(relation, alike::of, alike::of);
        rows.add("C6.nearest", name, nearest.logistic(heads::logits));
        rows.add("C6.nearest_plain_cosine", name, nearest.one(pair -> heads.plain(pair)[0]));
        return new Matched(byHeads.value(), byMaps.value(), bySecond.value());
    }

    private WrittenWords written(Weights weights, HeapMatrix unit) {
        Architecture architecture = context.model().architecture();
        WrittenWords written = new WrittenWords(unit, context.linearAlgebra());
        for (int block = 0; block < architecture.dims().nLayers(); block++) {
            context.checkCancelled();
            written.add(
                    ValueOutput.read(new BlockWeights(weights, architecture, block)),
                    AttentionInput.normed(AttentionInput.norm(architecture), words.stream(block)));
        }
        return written;
    }

    /** Share of the pairs whose second word is among those that the best head writes for the first. */
    private void written(int relation, WrittenWords written) {
        String name = pairs.relations().get(relation);
        List<WordPair> chosen = pairs.of(Half.SELECTION, relation);
        List<WordPair> held = pairs.of(Half.REPORT, relation);
        int best = IntStream.range(0, written.count())
                .boxed()
                .max(Comparator.comparingDouble(
                        head -> share(chosen, written.head(head)).value()))
                .orElseThrow();
        SeededRandom random = context.random("deranged", name, "written");
        rows.add("OV", name, share(held, written.head(best)));
        rows.add("OV.deranged", name, share(pairs.deranged(held, random), written.head(best)));
        rows.add("OV.plain_cosine", name, share(held, written.plain()));
    }

    private static Estimate share(List<WordPair> of, Predicate<WordPair> wanted) {
        Interval interval = Binomial.wilson((int) of.stream().filter(wanted).count(), of.size(), 0.95);
        return new Estimate(interval.estimate(), interval.low(), interval.high());
    }

    /** Pairs against themselves turned round: which word comes first. */
    private void direction(int relation, PairFeatures heads) {
        String name = pairs.relations().get(relation);
        Detection turned = against(
                relation,
                related -> related.stream().map(WordPair::turned).toList(),
                related -> related.stream().map(WordPair::turned).toList());
        Function<WordPair, double[]> difference = pair -> minus(heads.logits(pair), heads.logits(pair.turned()));
        rows.add("direction", name, turned.bestSum(List.of(new LearntScore(difference, 0.01)), FIRST));
        rows.add("direction.frequency", name, turned.bestSum(List.of(new LearntScore(this::rarer, 1)), FIRST));
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    /** How much rarer the first word is, by the order of the vocabulary. */
    private double[] rarer(WordPair pair) {
        return new double[] {Math.log(1.0 + words.tokenId(pair.head())) - Math.log(1.0 + words.tokenId(pair.tail()))};
    }

    /** What can be learnt of pairs: from the scores of heads, the same in both directions, and their components in both. */
    private static List<LearntScore> learnt(PairFeatures heads) {
        return List.of(
                new LearntScore(heads::logits, 0.1),
                new LearntScore(both(heads::logits), 0.01),
                new LearntScore(heads::components, 0.0005));
    }

    private Detection against(
            int relation, UnaryOperator<List<WordPair>> teaching, UnaryOperator<List<WordPair>> trying) {
        List<WordPair> chosen = pairs.of(Half.SELECTION, relation);
        List<WordPair> held = pairs.of(Half.REPORT, relation);
        return new Detection(
                Detection.Sample.of(chosen, teaching.apply(chosen)), Detection.Sample.of(held, trying.apply(held)));
    }

    private Detection deranged(int relation) {
        return new Detection(deranged(Half.SELECTION, relation), deranged(Half.REPORT, relation));
    }

    /** Two unrelated pairs for each related one. */
    private Detection.Sample deranged(Half half, int relation) {
        List<WordPair> related = pairs.of(half, relation);
        List<WordPair> unrelated = new ArrayList<>();
        for (int draw = 0; draw < 2; draw++) {
            SeededRandom random = context.random("deranged", pairs.relations().get(relation), half.name())
                    .child(draw);
            unrelated.addAll(pairs.deranged(related, random));
        }
        return Detection.Sample.of(related, unrelated);
    }

    private TypeClassifier types() {
        return new TypeClassifier(
                pairs.relations().size(), balanced(Half.SELECTION), balanced(Half.REPORT), context.random("types"));
    }

    private List<WordPair> balanced(Half half) {
        List<WordPair> chosen = new ArrayList<>();
        for (int relation = 0; relation < pairs.relations().size(); relation++) {
            List<WordPair> all = pairs.of(half, relation);
            int[] sample = context.random("types", pairs.relations().get(relation), half.name())
                    .sample(all.size(), Math.min(params.perType(), all.size()));
            Arrays.stream(sample).mapToObj(all::get).forEach(chosen::add);
        }
        return chosen;
    }

    private Estimate macroF1(TypeClassifier types, PairFeatures heads, Weights weights) {
        String figure = "macro_f1";
        Estimate logits = types.macroF1(both(heads::logits));
        rows.add("C3", figure, logits);
        rows.add("C3.majority", figure, types.majority());
        rows.add("C3.part_of_speech", figure, types.macroF1(partsOfSpeech()));
        rows.add("C3.random_maps", figure, Estimate.withoutInterval(randomMapsMacroF1(types, weights)));
        rows.add("C3.plain_cosine", figure, types.macroF1(heads::plain));
        rows.add(
                "C4",
                figure,
                types.macroF1(
                        join(both(heads::logits), join(both(heads::cosines), join(heads::plain, this::spelling)))));
        rows.add("C4.without_heads", figure, types.macroF1(join(heads::plain, this::spelling)));
        return logits;
    }

    /** The mean over several draws of random maps: one draw is as far from another as the figure is wide. */
    private double randomMapsMacroF1(TypeClassifier types, Weights weights) {
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            SeededRandom maps = context.random("random maps").child("types").child(draw);
            PairFeatures features = features(
                    weights,
                    (attention, block) -> attention.randomised(maps.child(block), false),
                    (own, block) ->
                            own.addScores(block.attention(), block.words(), softCap(), context.linearAlgebra()));
            sum += types.macroF1(types.predict(both(features::logits))).value();
        }
        return sum / DRAWS;
    }

    private static Function<WordPair, double[]> both(Function<WordPair, double[]> features) {
        return join(features, pair -> features.apply(pair.turned()));
    }

    private static Function<WordPair, double[]> join(
            Function<WordPair, double[]> first, Function<WordPair, double[]> second) {
        return pair -> {
            double[] a = first.apply(pair);
            double[] b = second.apply(pair);
            double[] joined = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, joined, a.length, b.length);
            return joined;
        };
    }

    /** How the words begin and end alike: letters, and their share of the shorter word. */
    private double[] spelling(WordPair pair) {
        String head = spelling[pair.head()];
        String tail = spelling[pair.tail()];
        int shorter = Math.min(head.length(), tail.length());
        int begin = 0;
        while (begin < shorter && head.charAt(begin) == tail.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter && head.charAt(head.length() - 1 - end) == tail.charAt(tail.length() - 1 - end)) {
            end++;
        }
        return new double[] {begin, (double) begin / shorter, head.length() - tail.length(), end};
    }

    /** Which parts of speech the words stand in, one for each combination that occurs. */
    private Function<WordPair, double[]> partsOfSpeech() {
        Map<String, Integer> combinations = new TreeMap<>();
        pairs.pairs().forEach(pair -> combinations.putIfAbsent(combination(pair), combinations.size()));
        return pair -> {
            double[] flags = new double[combinations.size()];
            flags[combinations.get(combination(pair))] = 1;
            return flags;
        };
    }

    private static String combination(WordPair pair) {
        return pair.stratum().substring(pair.stratum().indexOf(' '));
    }

    /** Share of random pairs of words over the threshold in the small subspaces, mean over heads. */
    private double falsePositiveRate(PairFeatures heads) {
        SeededRandom random = context.random("random pairs");
        int count = 2_000;
        double above = 0;
        for (int i = 0; i < count; i++) {
            int head = random.nextInt(spelling.length);
            int tail = (head + 1 + random.nextInt(spelling.length - 1)) % spelling.length;
            double[] cosines = heads.fewCosines(new WordPair(head, tail, 0, "", Half.REPORT));
            above += (double) Arrays.stream(cosines)
                            .filter(c -> c >= params.threshold())
                            .count()
                    / cosines.length;
        }
        rows.add("C5", "false_positive_rate", Estimate.withoutInterval(above / count));
        return above / count;
    }

    private Table confusion(ConfusionMatrix matrix) {
        Table.Builder table = Table.builder().text("relation", "What the pair is.");
        pairs.relations().forEach(name -> table.integer("taken_for_" + name, ""));
        for (int truth = 0; truth < pairs.relations().size(); truth++) {
            List<Object> cells = new ArrayList<>(List.of(pairs.relations().get(truth)));
            for (int predicted = 0; predicted < pairs.relations().size(); predicted++) {
                cells.add(matrix.count(truth, predicted));
            }
            table.row(cells.toArray());
        }
        return table.build();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static String sentence(double best, double plain) {
        String verdict = plain > best
                ? "The plain cosine of the words' first vectors tells related pairs better than the best head"
                : "The best head tells related pairs better than the plain cosine of the words' first vectors";
        return String.format(
                Locale.ROOT, "%s (mean AUROC of the head %.3f, of the cosine %.3f).", verdict, best, plain);
    }

    private static String sentence(List<Matched> matched) {
        return String.format(
                Locale.ROOT,
                "Against unrelated pairs of the same cosine what is learnt of the heads has a mean AUROC of %.3f, of random maps"
                        + " %.3f, of the second word alone %.3f.",
                mean(matched.stream().map(Matched::heads).toList()),
                mean(matched.stream().map(Matched::randomMaps).toList()),
                mean(matched.stream().map(Matched::secondWord).toList()));
    }
}
