package io.arrakis.tools.kg;

import io.arrakis.api.model.Weights;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.stats.Binomial;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures the figures of {@link EvaluateRelations}. */
final class RelationFigures {

    private static final List<int[]> FIRST = List.of(new int[] {0});
    private static final int RANDOM_PAIRS = 2_000;

    private final EvaluateRelations.Params params;
    private final WordVectors words;
    private final PairSet pairs;
    private final OperationContext context;
    private final Evaluation.Builder rows;
    private final EvaluationInputs inputs;

    RelationFigures(EvaluateRelations.Params params, WordVectors words, PairSet pairs, OperationContext context) {
        this.params = params;
        this.words = words;
        this.pairs = pairs;
        this.context = context;
        this.rows = Evaluation.requiring(params.required());
        this.inputs = new EvaluationInputs(params, words, pairs, context, rows);
    }

    RelationEvaluation measure(Weights weights) {
        // Random maps and heads, against two kinds of unrelated pairs each, and what is left.
        try (OperationContext.Progress progress =
                context.progress("relations", 5L * pairs.relations().size())) {
            return measure(new FeatureReader(inputs, weights), () -> progress.advance(1));
        }
    }

    private RelationEvaluation measure(FeatureReader reader, Runnable relationDone) {
        HeapMatrix unit = reader.first();
        MatchedFigures matched = new MatchedFigures(inputs, unit, relationDone);
        List<Detection> deranged = relations().mapToObj(this::deranged).toList();
        List<WordPair> random = randomPairs();
        PairIndex index = PairIndex.of(Stream.of(
                        pairs.pairs().stream(),
                        deranged.stream().flatMap(Detection::pairs),
                        matched.pairs(),
                        random.stream())
                .flatMap(all -> all));
        // Features take much room: those of the maps are let go before the heads are read.
        Maps maps = maps(reader, index, deranged, matched);
        WrittenWords written = reader.written(unit);
        PairFeatures heads = reader.heads(index);
        List<List<MatchedFigures.Told>> told = matched.told(heads);
        List<Double> best = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<MatchedFigures.Matched> likeAgainstLike = new ArrayList<>();
        for (int relation = 0; relation < pairs.relations().size(); relation++) {
            context.checkCancelled();
            String name = pairs.relations().get(relation);
            Detection detection = deranged.get(relation);
            Estimate bestHead = detection.best(heads::cosines);
            Estimate plainCosine = detection.one(pair -> heads.plain(pair)[0]);
            best.add(bestHead.value());
            plain.add(plainCosine.value());
            rows.add("C1", name, bestHead);
            rows.add("C1.all_heads", name, detection.logistic(heads::logits));
            rows.add("C1.few_components", name, detection.best(heads::fewCosines));
            rows.add("C1.random_maps", name, maps.best().get(relation));
            rows.add("C1.shared_random_map", name, maps.shared().get(relation));
            rows.add("C2", name, plainCosine);
            likeAgainstLike.add(matched.add(relation, told, maps.told(), heads));
            direction(relation, heads);
            written(relation, written);
            relationDone.run();
        }
        TypeFigures types = new TypeFigures(inputs, heads, reader);
        Estimate macroF1 = types.measure();
        double falsePositives = falsePositiveRate(random, heads);
        return new RelationEvaluation(
                macroF1,
                mean(best),
                mean(plain),
                words.places().size(),
                pairs.pairs().size(),
                rows.build(),
                types.confusion(),
                sentence(mean(best), mean(plain)) + ' ' + MatchedFigures.sentence(likeAgainstLike),
                warnings(falsePositives));
    }

    private List<String> warnings(double falsePositives) {
        List<String> warnings = new ArrayList<>(rows.warnings());
        rows.build().rows().stream()
                .filter(row -> row.value().value() < row.required())
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s.%s is %.4f, below the %s that is required",
                        row.id(),
                        row.figure(),
                        row.value().value(),
                        row.required()))
                .forEach(warnings::add);
        pairs.leftOut().warning().ifPresent(warnings::add);
        if (falsePositives > 0.05) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "with %d components %.0f%% of random pairs reach a cosine of %s",
                    params.fewComponents(),
                    100 * falsePositives,
                    params.threshold()));
        }
        return warnings;
    }

    private IntStream relations() {
        return IntStream.range(0, pairs.relations().size());
    }

    /**
     * What random maps tell.
     *
     * @param best   of each relation by the best of them
     * @param shared the same by maps that are the same for both words
     * @param told   against pairs that the plain cosine hardly tells
     */
    private record Maps(List<Estimate> best, List<Estimate> shared, List<List<MatchedFigures.Told>> told) {}

    private Maps maps(FeatureReader reader, PairIndex index, List<Detection> deranged, MatchedFigures matched) {
        PairFeatures shared = reader.cosinesOfSharedMaps(index, context.random("random maps"));
        List<Estimate> bestShared = deranged.stream()
                .map(detection -> detection.best(shared::cosines))
                .toList();
        PairFeatures own = reader.maps(index, context.random("random maps"));
        return new Maps(
                deranged.stream().map(detection -> detection.best(own::cosines)).toList(),
                bestShared,
                matched.told(own));
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
        Detection turned = inputs.against(
                relation, related -> related.stream().map(WordPair::turned).toList());
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
        return new double[] {words.rarity(pair.head()) - words.rarity(pair.tail())};
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

    private List<WordPair> randomPairs() {
        SeededRandom random = context.random("random pairs");
        int count = words.places().size();
        List<WordPair> drawn = new ArrayList<>();
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            int head = random.nextInt(count);
            int tail = (head + 1 + random.nextInt(count - 1)) % count;
            drawn.add(new WordPair(head, tail, 0, "", Half.REPORT));
        }
        return drawn;
    }

    /** Share of random pairs of words over the threshold in the small subspaces, mean over heads. */
    private double falsePositiveRate(List<WordPair> random, PairFeatures heads) {
        double rate = random.stream()
                .flatMapToDouble(pair -> Arrays.stream(heads.fewCosines(pair)))
                .map(cosine -> cosine >= params.threshold() ? 1 : 0)
                .average()
                .orElseThrow();
        rows.add("C5", "false_positive_rate", Estimate.withoutInterval(rate));
        return rate;
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
}
