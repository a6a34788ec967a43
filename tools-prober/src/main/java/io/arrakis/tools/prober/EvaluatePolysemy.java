package io.arrakis.tools.prober;

import static io.arrakis.tools.prober.PolysemyFigures.Figure.AUROC;
import static io.arrakis.tools.prober.PolysemyFigures.Figure.CONTROLLED;
import static io.arrakis.tools.prober.PolysemyFigures.Figure.PARTIAL;
import static io.arrakis.tools.prober.PolysemyFigures.Figure.RHO;

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
import jakarta.validation.constraints.Size;
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
 * {@code neighbours}, A3.permuted the same with words permuted within tenths of equal frequency, A4 {@code static}, A5 the
 * combined score, A6 whether the nearest occurrence has the same sense, A6.chance whether one drawn at random has, A7 the
 * refined score, with dispersion at the layer of the neighbours; {@code partial} is given the number of occurrences, {@code
 * controlled} given the control fields too. Costs one capture of four layers and one search for neighbours.
 *
 * @see "Gari Soler and Apidianaki 2021, Let's Play Mono-Poly"
 */
@Description("Holds scores of polysemy against known numbers of senses, with an interval for each figure.")
public final class EvaluatePolysemy implements Operation<EvaluatePolysemy.Params, PolysemyEvaluation> {

    private static final String CONTEXTS = "contexts";
    private static final WeightName EMBEDDING = WeightName.of(WeightPoint.W_E);

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
     * @param controlFields   fields of the truth that are held fixed
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
            Map<String, Double> required,

            @Description("Fields of the truth, of numbers or true and false, that are held fixed beside the number of"
                    + " occurrences in the figures 'controlled'; by default has_verb where the truth has it.")
            Optional<List<@Size(min = 1) String>> controlFields) {

        ControlFields.Asked controls() {
            return new ControlFields.Asked(controlFields.map(List::copyOf), truthField);
        }

        Rarefaction rarefaction() {
            return new Rarefaction(minOccurrences, draws, maxOccurrences);
        }
    }

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        Fields.require(planning, params.truth(), params.truthField(), "truth_field", problems);
        params.rarefaction().check(problems);
        params.controls().check(Optional.of(params.truth()), planning, problems);
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
        ControlFields controls = params.controls().read(inputs.data(params.truth()), params.truth());
        PolysemyFigures figures = new PolysemyFigures(params.required(), truth, controls, context);
        figures.add("A1", scores, PolysemyPart.SELF, RHO, PARTIAL, CONTROLLED, AUROC);
        figures.add("A1.layer_0", samples, at.self(0, samples), RHO, PARTIAL, CONTROLLED, AUROC);
        nounsOnly(scores, params, inputs).ifPresent(nouns -> figures.add("A2", nouns, PolysemyPart.SELF, RHO, AUROC));
        figures.add("A3", scores, PolysemyPart.NEIGHBOURS, RHO, PARTIAL, CONTROLLED);
        figures.addPermuted("A3.permuted", scores);
        figures.add("A4", scores, PolysemyPart.STATIC, RHO, PARTIAL, CONTROLLED);
        Agreement combined = figures.add("A5", scores, PolysemyPart.COMBINED, RHO, PARTIAL, CONTROLLED, AUROC);
        figures.add("A7", scores, PolysemyPart.REFINED, RHO, PARTIAL, CONTROLLED, AUROC);
        senses(params, at, truth, inputs, context).ifPresent(senses -> {
            figures.add("A6", "accuracy", senses.nearest());
            figures.add("A6.chance", "accuracy", Estimate.withoutInterval(senses.chance()));
        });
        List<String> warnings = new ArrayList<>();
        CutTexts.warn(activations.rows().cut(), warnings);
        RepeatedTexts.warn(activations.rows(), warnings);
        warnings.addAll(figures.warnings());
        return new PolysemyEvaluation(
                combined.rho(),
                combined.auroc(),
                samples.size(),
                figures.evaluation(),
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

    private static Optional<SenseAccuracy> senses(
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
}
