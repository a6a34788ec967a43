package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the neurons of many concepts in one pass, on definitions and on single words, and holds what they reach on other texts
 * against what is required.
 *
 * <p>Figures by id: B1 the best neuron on definitions, B2 on words, B3 a detector on several neurons, mean-pooled, B4 the neuron
 * that definitions chose, used on words unchanged; {@code .shuffled} with labels that mean nothing. {@code mean} is the mean
 * AUROC over concepts, {@code over_0.8} the number of concepts above it. Costs a capture of all neurons for each of three
 * poolings, and concepts x texts of a concept x neurons multiply-adds.
 *
 * @see "Gurnee et al. 2023, Finding Neurons in a Haystack"
 */
@Description("Finds neurons of many concepts and holds them against what is required.")
public final class EvaluateNeurons implements Operation<EvaluateNeurons.Params, NeuronEvaluation> {

    private static final String DEFINITIONS = "definitions";
    private static final String WORDS = "words";
    private static final String MEAN_POOLED = ".mean";

    /** Makes the operation. */
    @Inject
    public EvaluateNeurons() {}

    /**
     * What to evaluate.
     *
     * @param definitions definitions with the fields class, label and half
     * @param lemmas      words with the same fields
     * @param layers      the blocks whose neurons are searched
     * @param detectors   neurons of the detector
     * @param required    what figures must reach
     */
    public record Params(
            @Description("Definitions with the fields class, label and half.")
            DataRef definitions,

            @Description("Single words with the same fields.")
            DataRef lemmas,

            @Description("Blocks whose neurons are searched.") @DefaultValue("all") @Layer(LayerKind.BLOCK)
            Layers layers,

            @Description("Number of neurons of the detector.") @DefaultValue("10") @Min(1) @Max(1_000)
            int detectors,

            @Description("What figures must reach, by id and figure, such as B1.mean.") @DefaultValue("{}")
            Map<String, Double> required) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        for (String field : ConceptRows.FIELDS) {
            Fields.require(planning, params.definitions(), field, DEFINITIONS, problems);
            Fields.require(planning, params.lemmas(), field, "lemmas", problems);
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        List<HookName> hooks = layers(
                        params, planning.model().architecture().dims().nLayers())
                .stream()
                .map(Neuron::hook)
                .toList();
        TextSource definitions = new TextSource.Data(params.definitions());
        TextSource words = new TextSource.Data(params.lemmas());
        return Requirements.builder()
                .capture(CaptureRequest.of(DEFINITIONS, definitions, Rows.MAX, hooks))
                .capture(CaptureRequest.of(DEFINITIONS + MEAN_POOLED, definitions, Rows.MEAN, hooks))
                .capture(CaptureRequest.of(WORDS, words, Rows.MAX, hooks))
                .capture(CaptureRequest.of(WORDS + MEAN_POOLED, words, Rows.MEAN, hooks))
                .build();
    }

    private static List<Integer> layers(Params params, int nLayers) {
        return params.layers().in(nLayers, LayerKind.BLOCK).stream()
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public NeuronEvaluation run(Params params, Inputs inputs, OperationContext context) {
        Map<String, ConceptRows> definitions =
                ConceptRows.read(inputs.data(params.definitions()), params.definitions());
        Map<String, ConceptRows> words = ConceptRows.read(inputs.data(params.lemmas()), params.lemmas());
        ConceptFigures figures = new ConceptFigures(
                layers(params, context.model().architecture().dims().nLayers()), context);
        List<ConceptSummary.Row> rows = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        try (OperationContext.Progress progress = context.progress("concepts", definitions.size())) {
            for (String concept : definitions.keySet()) {
                context.checkCancelled();
                rows.add(row(concept, definitions.get(concept), words.get(concept), params, figures, inputs, context));
                progress.advance(1);
                if (!words.containsKey(concept)) {
                    warnings.add("the concept '" + concept + "' has no words");
                }
            }
        }
        return new ConceptSummary(rows, context.random("concepts")).result(params.required(), warnings);
    }

    private static ConceptSummary.Row row(
            String concept,
            ConceptRows definitions,
            ConceptRows words,
            Params params,
            ConceptFigures figures,
            Inputs inputs,
            OperationContext context) {
        Activations defined = inputs.activations(DEFINITIONS);
        ConceptFigures.Best best =
                figures.best(ConceptFigures.texts(defined, definitions), context.random("definitions", concept));
        double detector = figures.detector(
                ConceptFigures.texts(inputs.activations(DEFINITIONS + MEAN_POOLED), definitions), params.detectors());
        if (words == null) {
            return ConceptSummary.Row.withoutWords(concept, best, detector);
        }
        ConceptTexts ofWords = ConceptFigures.texts(inputs.activations(WORDS), words);
        ConceptFigures.Best wordBest = figures.best(ofWords, context.random("words", concept));
        double wordDetector = figures.detector(
                ConceptFigures.texts(inputs.activations(WORDS + MEAN_POOLED), words), params.detectors());
        double transferred = ConceptFigures.auroc(ofWords, best.neuron(), best.sign());
        return new ConceptSummary.Row(
                concept,
                best,
                detector,
                Optional.of(wordBest),
                OptionalDouble.of(wordDetector),
                OptionalDouble.of(transferred));
    }
}
