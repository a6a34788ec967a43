package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
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

/**
 * How many concepts each neuron of a block detects: exp of the entropy of its excess average precision over concepts.
 *
 * <p>A concept counts only as far as the neuron's average precision on its texts exceeds what the best of all neurons reaches
 * by chance, so a neuron that detects nothing has no number. 1 is one concept; n equally well detected concepts give n. Concepts
 * that contain each other (birds are animals) count apart. Costs one capture, and concepts x neurons x texts x permutations.
 *
 * @see "Gurnee et al. 2023, Finding Neurons in a Haystack"
 */
@Description("Counts how many concepts each neuron of a block detects better than chance.")
public final class NeuronPolysemanticity implements Operation<NeuronPolysemanticity.Params, PolysemanticNeurons> {

    private static final String TEXTS = "texts";

    /** Makes the operation. */
    @Inject
    public NeuronPolysemanticity() {}

    /**
     * What to count.
     *
     * @param layerIdx     the block
     * @param concepts     texts with the fields class, label and half
     * @param pooling      how a text becomes one number
     * @param permutations arrangements of the labels
     * @param maxTokens    texts are cut to so many tokens
     */
    public record Params(
            @Description("Block whose neurons are counted for.") @Layer(LayerKind.BLOCK)
            int layerIdx,

            @Description("Texts of several concepts, with the fields class, label and half.")
            DataRef concepts,

            @Description("How the responses at the tokens of a text become one number.") @DefaultValue("max")
            Pooling pooling,

            @Description("Number of label permutations behind the level of chance.")
            @DefaultValue("100")
            @Min(20)
            @Max(10_000)
            int permutations,

            @Description(
                    "Texts are cut to so many tokens, special tokens counted; the model's context length by default.")
            Optional<@Min(3) Integer> maxTokens) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        ConceptRows.check(planning, params.concepts(), "concepts", problems);
        new Spans(params.pooling(), planning, problems).check(params.concepts());
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        CaptureRequest whole = CaptureRequest.of(
                TEXTS,
                new TextSource.Data(params.concepts()),
                params.pooling().rows(),
                List.of(Neuron.hook(params.layerIdx())));
        return Requirements.builder()
                .capture(params.maxTokens().map(whole::cutTo).orElse(whole))
                .build();
    }

    @Override
    public PolysemanticNeurons run(Params params, Inputs inputs, OperationContext context) {
        Activations activations = inputs.activations(TEXTS);
        Map<String, ConceptRows> concepts = ConceptRows.read(inputs.data(params.concepts()), params.concepts());
        Reading reading = Reading.of(context, params.maxTokens());
        List<DetectedConcept> detected = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        CutTexts.warn(activations.rows().cut(), warnings);
        try (OperationContext.Progress progress = context.progress("concepts", concepts.size())) {
            concepts.forEach((name, rows) -> {
                context.checkCancelled();
                ConceptTexts texts = ConceptFigures.texts(activations, rows);
                texts.texts().readBy(reading).warnings().forEach(warning -> warnings.add(name + ": " + warning));
                detected.add(detected(name, texts, params, context));
                progress.advance(1);
            });
        }
        return new PolysemanticitySummary(params.layerIdx(), detected).result(warnings);
    }

    private static DetectedConcept detected(String name, ConceptTexts texts, Params params, OperationContext context) {
        int[] all = texts.all();
        int width = texts.width(params.layerIdx());
        float[] responses = texts.responses(params.layerIdx(), all);
        return DetectedConcept.of(
                name,
                neuron -> NeuronResponses.column(responses, width, neuron),
                width,
                texts.labels(all),
                params.permutations(),
                context.random("neuron_polysemanticity", name));
    }
}
