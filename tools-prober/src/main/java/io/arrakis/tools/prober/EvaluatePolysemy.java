package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Example;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.result.Estimate;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds the scores of {@link PolysemanticScore} against numbers of senses that are known, each part at a layer of its own.
 *
 * <p>Figures by id: A1 {@code self}, A1.layer_0 the same before any block, A2 {@code self} on words that are nouns alone, A3
 * {@code neighbours}, A3.permuted the same with words permuted within tenths of equal frequency, A4 {@code static}, A5 the combined score, A6 whether the nearest occurrence has the same sense, A7 the refined score, with dispersion
 * at the layer of the neighbours. Costs one
 * capture of four layers and one search for neighbours.
 *
 * @see "Gari Soler and Apidianaki 2021, Let's Play Mono-Poly"
 */
@Description("Holds scores of polysemy against known numbers of senses, with an interval for each figure.")
public final class EvaluatePolysemy implements Operation<EvaluatePolysemy.Params, PolysemyEvaluation> {

    private static final String CONTEXTS = "contexts";
    private static final WeightName EMBEDDING = WeightName.of(WeightPoint.W_E);
    private static final double ONE_SENSE = 1;
    private static final double MANY_SENSES = 4;
    private static final String RHO = "rho";
    private static final String PARTIAL = "partial";
    private static final String AUROC = "AUROC";

    /** Makes the operation. */
    @Inject
    public EvaluatePolysemy() {}

    /**
     * What to evaluate.
     *
     * @param contexts        the texts, with the fields synset and lemmas where senses are to be checked
     * @param truth           words with the number of their senses, and the field noun_only
     * @param truthField      the field with the number
     * @param selfLayer       layer of self-similarity
     * @param neighboursLayer layer of the neighbours
     * @param senseLayer      layer of the check of senses
     * @param kNeighbors      neighbours of an occurrence
     * @param staticNeighbors neighbours of an embedding
     * @param minOccurrences  fewest occurrences of a scored word, and the number that each draw takes
     * @param maxOccurrences  most occurrences that are looked at
     * @param draws           draws of equally many occurrences
     * @param maxTokens       texts are cut to so many tokens
     * @param required        what figures must reach
     */
    public record Params(
            @Description("Texts in which the words occur; the fields synset and lemmas say which sense they show.")
            DataRef contexts,

            @Description("Data set whose texts are words, with the number of their senses; only these are scored.")
            DataRef truth,

            @Description("Field with the number of senses.") @DefaultValue("senses")
            String truthField,

            @Description("Layer of self-similarity.") @DefaultValue("2") @Layer(LayerKind.RESIDUAL)
            int selfLayer,

            @Description("Layer of the neighbours.") @DefaultValue("3") @Layer(LayerKind.RESIDUAL)
            int neighboursLayer,

            @Description("Layer at which senses are told apart.") @DefaultValue("4") @Layer(LayerKind.RESIDUAL)
            int senseLayer,

            @Description("Number of nearest neighbours of an occurrence.") @DefaultValue("50") @Min(1) @Max(10_000)
            int kNeighbors,

            @Description("Number of nearest embeddings that the static score looks at.")
            @DefaultValue("200")
            @Min(2)
            @Max(10_000)
            int staticNeighbors,

            @Description("Fewest occurrences of a scored word; each draw takes so many.")
            @DefaultValue("10")
            @Min(2)
            @Max(1_000)
            int minOccurrences,

            @Description("Most occurrences of a word that are looked at.") @DefaultValue("20") @Min(2) @Max(1_000)
            int maxOccurrences,

            @Description("Number of draws of equally many occurrences.") @DefaultValue("20") @Min(1) @Max(1_000)
            int draws,

            @Description(
                    "Texts are cut to so many tokens, special tokens counted; the model's context length by default.")
            Optional<@Min(3) Integer> maxTokens,

            @Description("What figures must reach, by id and figure, such as A1.rho.") @DefaultValue("{}")
            Map<String, Double> required) {

        Rarefaction rarefaction() {
            return new Rarefaction(minOccurrences, draws, maxOccurrences);
        }
    }

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        Fields.require(planning, params.truth(), params.truthField(), "truth_field", problems);
        params.rarefaction().check(problems);
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        List<HookName> hooks = Stream.of(0, params.selfLayer(), params.neighboursLayer(), params.senseLayer())
                .distinct()
                .sorted()
                .map(HookName::residual)
                .toList();
        CaptureRequest all = CaptureRequest.of(CONTEXTS, new TextSource.Data(params.contexts()), Rows.EACH, hooks);
        return Requirements.builder()
                .capture(params.maxTokens().map(all::cutTo).orElse(all))
                .weights(List.of(EMBEDDING))
                .build();
    }

    @Override
    public PolysemyEvaluation run(Params params, Inputs inputs, OperationContext context) {
        Activations activations = inputs.activations(CONTEXTS);
        Words words = Words.of(activations.rows(), context.tokenizer());
        Map<String, Double> truth = KnownWords.read(
                inputs.data(params.truth()),
                params.truthField(),
                "data." + params.truth().name());
        WordSampling sampling = WordSampling.of(
                activations.rows(), words, Optional.of(List.copyOf(truth.keySet())), params.rarefaction(), context);
        List<WordSample> samples = sampling.scored();
        requireWords(samples, params);
        Measurements at = new Measurements(activations, words, context);
        WordScores scores = scores(params, at, samples, inputs, context);
        List<String> warnings = new ArrayList<>();
        CutTexts.warn(activations.rows().cut(), warnings);
        Comparisons comparisons = new Comparisons(truth, context, warnings);
        EvaluationRows rows = new EvaluationRows(params.required());
        add(rows, "A1", comparisons.of(scores, PolysemyPart.SELF), RHO, PARTIAL, AUROC);
        add(rows, "A1.layer_0", comparisons.of(samples, at.self(0, samples)), RHO, PARTIAL, AUROC);
        nounsOnly(scores, params, inputs)
                .ifPresent(nouns -> add(rows, "A2", comparisons.of(nouns, PolysemyPart.SELF), RHO, AUROC));
        add(rows, "A3", comparisons.of(scores, PolysemyPart.NEIGHBOURS), RHO, PARTIAL);
        rows.add("A3.permuted", RHO, comparisons.permuted(scores));
        add(rows, "A4", comparisons.of(scores, PolysemyPart.STATIC), RHO, PARTIAL);
        Agreement combined = comparisons.of(scores, PolysemyPart.COMBINED);
        add(rows, "A5", combined, RHO, PARTIAL, AUROC);
        add(rows, "A7", comparisons.of(scores, PolysemyPart.REFINED), RHO, PARTIAL, AUROC);
        rows.add("A6", "accuracy", senses(params, at, truth, inputs, context));
        return new PolysemyEvaluation(
                combined.rho(),
                combined.auroc(),
                samples.size(),
                rows.evaluation(),
                new PolysemyTables(scores, PolysemyPart.COMBINED, truth).words(),
                warnings);
    }

    private static void requireWords(List<WordSample> samples, Params params) {
        if (samples.size() < 2) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    "data." + params.truth().name(),
                    samples.size() + " of its words stand as one token in at least " + params.minOccurrences()
                            + " texts",
                    "give more texts, or a smaller min_occurrences");
        }
    }

    private static WordScores scores(
            Params params, Measurements at, List<WordSample> samples, Inputs inputs, OperationContext context) {
        List<PolysemyMeasurement.Mean> self = at.layer(params.selfLayer()).self(samples, new Normalisation.ZScore());
        PolysemyMeasurement.Neighbourhoods near =
                at.layer(params.neighboursLayer()).neighbours(samples, params.kNeighbors(), 0);
        StaticScatter.Scores fixed = new EmbeddingScatter(
                        context.tokenizer(), context.linearAlgebra(), params.staticNeighbors())
                .of(
                        samples.stream().map(WordSample::name).toList(),
                        inputs.weights().get(EMBEDDING));
        WordScores.Apart apart = new WordScores.Apart(
                at.layer(params.neighboursLayer()).dispersion(samples),
                at.layer(params.selfLayer()).selfInText(samples));
        return WordScores.of(samples, self, near, fixed, apart);
    }

    /** Returns the scores of words that are nouns alone, where the truth says which are. */
    private static Optional<WordScores> nounsOnly(WordScores scores, Params params, Inputs inputs) {
        HashSet<String> nouns = new HashSet<>();
        for (Example word : inputs.data(params.truth())) {
            if (Boolean.parseBoolean(word.text("noun_only").orElse("false"))) {
                nouns.add(word.text());
            }
        }
        List<WordScores.Row> rows = scores.rows().stream()
                .filter(row -> nouns.contains(row.sample().name()))
                .toList();
        return rows.size() < 2 ? Optional.empty() : Optional.of(new WordScores(rows));
    }

    private static Optional<Estimate> senses(
            Params params, Measurements at, Map<String, Double> truth, Inputs inputs, OperationContext context) {
        SenseCheck check =
                new SenseCheck(inputs.data(params.contexts()), at.activations().rows(), at.words(), truth.keySet());
        HookName hook = HookName.residual(params.senseLayer());
        return check.accuracy(
                at.activations(),
                hook,
                at.layer(params.senseLayer()).space(new Normalisation.ZScore()),
                context.random("senses"));
    }

    private static void add(EvaluationRows rows, String id, Agreement agreement, String... figures) {
        for (String figure : figures) {
            rows.add(
                    id,
                    figure,
                    switch (figure) {
                        case RHO -> agreement.rho();
                        case PARTIAL -> agreement.partial();
                        case AUROC -> agreement.auroc();
                        default -> throw new IllegalArgumentException(figure);
                    });
        }
    }

    /** Measurements at several layers of one capture. */
    private record Measurements(Activations activations, Words words, OperationContext context) {

        PolysemyMeasurement layer(int layer) {
            return new PolysemyMeasurement(activations, HookName.residual(layer), words, context);
        }

        double[] self(int layer, List<WordSample> samples) {
            return layer(layer).self(samples, new Normalisation.ZScore()).stream()
                    .mapToDouble(mean -> mean.mean().value())
                    .toArray();
        }
    }

    /** Comparisons with the truth. */
    private record Comparisons(Map<String, Double> truth, OperationContext context, List<String> warnings) {

        Agreement of(WordScores scores, PolysemyPart part) {
            return of(scores.rows().stream().map(WordScores.Row::sample).toList(), scores.of(part));
        }

        Agreement of(List<WordSample> words, double[] scores) {
            return comparison(words).of(scores, warnings::add);
        }

        Optional<Estimate> permuted(WordScores scores) {
            return comparison(scores.rows().stream().map(WordScores.Row::sample).toList())
                    .ofPermutations(scores.permuted(), warnings::add);
        }

        private TruthComparison comparison(List<WordSample> words) {
            return new TruthComparison(
                    words.stream().mapToDouble(word -> truth.get(word.name())).toArray(),
                    words.stream().mapToDouble(WordSample::occurrences).toArray(),
                    new double[0][],
                    new TruthComparison.Extremes(ONE_SENSE, MANY_SENSES),
                    context.random("truth"));
        }
    }
}
