package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.Half;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the neurons of many concepts in one pass, on definitions and on single words, and holds what they reach on other texts
 * against what is required.
 *
 * <p>Figures by id: B1 the best neuron on definitions, B2 on words, B3 a detector on several neurons, mean-pooled, B4 the neuron
 * that definitions chose, used on words unchanged, B5 how far sentence vectors lose the direction of the concept when the best
 * neurons are held at their mean over texts without it; {@code .shuffled} with labels that mean nothing, {@code .direction} a
 * direction instead of neurons, {@code .random} and {@code .matched} other neurons of the same layers. {@code mean} is the mean
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
    private static final String SENTENCES = ".sentences";

    /** Passes have to be declared before the data is read. */
    private static final int MOST_CONCEPTS = 64;

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
     * @param ablated     neurons held at a value
     * @param draws       draws of other neurons beside them
     * @param ablatedTexts texts of a concept that are read with neurons held
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

            @Description("Number of best neurons that are held at their mean over texts without the concept.")
            @DefaultValue("20")
            @Min(1)
            @Max(1_000)
            int ablated,

            @Description("Number of draws of as many other neurons, at random and matched in response, held likewise.")
            @DefaultValue("10")
            @Min(1)
            @Max(1_000)
            int draws,

            @Description("Most texts of a concept that are read with neurons held.")
            @DefaultValue("50")
            @Min(1)
            @Max(10_000)
            int ablatedTexts,

            @Description("What figures must reach, by id and figure, such as B1.mean.") @DefaultValue("{}")
            Map<String, Double> required) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        ConceptRows.check(planning, params.definitions(), DEFINITIONS, problems);
        ConceptRows.check(planning, params.lemmas(), "lemmas", problems);
        int dMlp = planning.model().architecture().dims().dMlp();
        if (2 * params.ablated() > dMlp) {
            problems.at("ablated")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "ablated " + params.ablated() + ", but a block of model '"
                                    + planning.model().name() + "' has " + dMlp + " neurons",
                            "hold at most half of them, so that others can be drawn");
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Dimensions dims = planning.model().architecture().dims();
        List<HookName> hooks = Neuron.hooks(params.layers(), dims);
        TextSource definitions = new TextSource.Data(params.definitions());
        TextSource words = new TextSource.Data(params.lemmas());
        return Requirements.builder()
                .capture(CaptureRequest.of(DEFINITIONS, definitions, Rows.MAX, hooks))
                .capture(CaptureRequest.of(DEFINITIONS + MEAN_POOLED, definitions, Rows.MEAN, hooks))
                .capture(CaptureRequest.of(
                        DEFINITIONS + SENTENCES,
                        definitions,
                        Rows.MEAN_WITH_SPECIAL,
                        List.of(HookName.residual(dims.nLayers()))))
                .capture(CaptureRequest.of(WORDS, words, Rows.MAX, hooks))
                .capture(CaptureRequest.of(WORDS + MEAN_POOLED, words, Rows.MEAN, hooks))
                .passesOnce(
                        (long) MOST_CONCEPTS * params.ablatedTexts() * (1 + 2L * params.draws()),
                        (long) SentenceBatches.BATCH * dims.nCtx() * dims.dModel() * Float.BYTES)
                .build();
    }

    @Override
    public NeuronEvaluation run(Params params, Inputs inputs, OperationContext context) {
        Map<String, ConceptRows> definitions =
                ConceptRows.read(inputs.data(params.definitions()), params.definitions());
        Map<String, ConceptRows> words = ConceptRows.read(inputs.data(params.lemmas()), params.lemmas());
        ConceptFigures figures = new ConceptFigures(
                Neuron.blocks(params.layers(), context.model().architecture().dims()), context);
        requireFew(definitions.size(), params);
        List<ConceptSummary.Row> rows = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        CutTexts.warn(
                inputs.activations(DEFINITIONS).rows().cut()
                        + inputs.activations(WORDS).rows().cut(),
                warnings);
        Reading reading = Reading.of(context, Optional.empty());
        warnOfRepeats(DEFINITIONS, inputs.activations(DEFINITIONS), definitions, reading, warnings);
        warnOfRepeats(WORDS, inputs.activations(WORDS), words, reading, warnings);
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

    private static void warnOfRepeats(
            String what,
            Activations activations,
            Map<String, ConceptRows> concepts,
            Reading reading,
            List<String> warnings) {
        int sides = 0;
        int halves = 0;
        for (ConceptRows rows : concepts.values()) {
            ConceptTexts texts = ConceptFigures.texts(activations, rows).readBy(reading);
            sides += texts.texts().onBothSides().size();
            halves += texts.inBothHalves();
        }
        if (sides > 0) {
            warnings.add(sides + " " + what + " stand on both sides of a concept; no score can be right for them");
        }
        if (halves > 0) {
            warnings.add(
                    halves + " " + what
                            + " stand in both halves of a concept: what they choose is reported on them too, and looks too good");
        }
    }

    private static void requireFew(int concepts, Params params) {
        if (concepts > MOST_CONCEPTS) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    "data." + params.definitions().name(),
                    concepts + " concepts, more than " + MOST_CONCEPTS,
                    "evaluate them in several steps");
        }
    }

    private static ConceptSummary.Row row(
            String concept,
            ConceptRows definitions,
            ConceptRows words,
            Params params,
            ConceptFigures figures,
            Inputs inputs,
            OperationContext context) {
        ConceptTexts ofDefinitions = ConceptFigures.texts(inputs.activations(DEFINITIONS), definitions);
        ConceptTexts meanPooled = ConceptFigures.texts(inputs.activations(DEFINITIONS + MEAN_POOLED), definitions);
        ConceptTexts sentences = ConceptFigures.texts(inputs.activations(DEFINITIONS + SENTENCES), definitions);
        ConceptEffect effect = effect(sentences, meanPooled, params, context);
        ConceptFigures.Best best =
                figures.best(ofDefinitions, params.ablated(), context.random("definitions", concept));
        ConceptSummary.OfDefinitions found = new ConceptSummary.OfDefinitions(
                best,
                figures.detector(meanPooled, params.detectors()),
                figures.direction(sentences),
                effect.drops(best.first(), params.draws(), context.random("ablation", concept)));
        if (words == null) {
            return new ConceptSummary.Row(concept, found, Optional.empty());
        }
        ConceptTexts ofWords = ConceptFigures.texts(inputs.activations(WORDS), words);
        return new ConceptSummary.Row(
                concept,
                found,
                Optional.of(new ConceptSummary.OfWords(
                        figures.best(ofWords, 1, context.random("words", concept)),
                        figures.detector(
                                ConceptFigures.texts(inputs.activations(WORDS + MEAN_POOLED), words),
                                params.detectors()),
                        ConceptFigures.auroc(ofWords, best.neuron(), best.sign()))));
    }

    private static ConceptEffect effect(
            ConceptTexts sentences, ConceptTexts meanPooled, Params params, OperationContext context) {
        Readout readout =
                new Readout.Sentence(ClassDirection.hook(context.model()), ClassDirection.of(sentences, context));
        int[] changed = Arrays.stream(sentences.of(Half.REPORT, true))
                .limit(params.ablatedTexts())
                .toArray();
        return new ConceptEffect(
                readout,
                Arrays.stream(changed)
                        .mapToObj(i -> sentences.texts().texts().get(i))
                        .toList(),
                readout.of(sentences.vectors(readout.hook(), changed)),
                new NeuronMeans(meanPooled),
                HeldAt.MEAN,
                context);
    }
}
