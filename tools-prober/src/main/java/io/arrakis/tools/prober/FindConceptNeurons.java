package io.arrakis.tools.prober;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.MaxTResult;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/**
 * Finds the neuron that best tells texts with a concept from texts without, over all layers in one pass.
 *
 * <p>The best of thousands of neurons looks good by chance alone. So it is chosen on one half of the texts and reported on the
 * other, beside a search with shuffled labels; its p-value is held against the best of all neurons under permuted labels. Costs
 * one capture of the neurons, pooled to a row a text, and neurons x texts x permutations multiply-adds.
 *
 * @see "Gurnee et al. 2023, Finding Neurons in a Haystack; Westfall and Young 1993, Resampling-Based Multiple Testing"
 */
@Description("Finds the neurons that best tell texts with a concept from texts without.")
public final class FindConceptNeurons implements Operation<FindConceptNeurons.Params, ConceptNeurons> {

    private static final String TRUE = "true";
    private static final String FALSE = "false";
    private static final String SENTENCES = ".sentences";

    /** Makes the operation. */
    @Inject
    public FindConceptNeurons() {}

    /**
     * What to search.
     *
     * @param trueTexts    texts with the concept
     * @param falseTexts   texts without
     * @param layers       the blocks whose neurons are searched
     * @param pooling      how a text becomes one number
     * @param halfField    field with the half of each text
     * @param permutations label permutations of the test
     * @param lengthStrata bins of text length within which labels are permuted
     * @param shuffles     searches with shuffled labels
     * @param top          neurons listed
     * @param maxTokens    texts are cut to so many tokens
     */
    public record Params(
            @Description("Texts with the concept: a list, or a data set.") @Example("${data.birds}")
            TextSet trueTexts,

            @Description("Texts without the concept: a list, or a data set.") @Example("${data.others}")
            TextSet falseTexts,

            @Description("Blocks whose neurons are searched.") @DefaultValue("all") @Layer(LayerKind.BLOCK)
            Layers layers,

            @Description("How the responses at the tokens of a text become one number.") @DefaultValue("max")
            Pooling pooling,

            @Description(
                    "Field with 0 for texts to choose on and 1 for texts to report on; by CRC-32 of their ids by default,"
                            + " equal texts with the first of them.")
            Optional<String> halfField,

            @Description("Number of label permutations of the test.") @DefaultValue("1000") @Min(100) @Max(100_000)
            int permutations,

            @Description("Labels are permuted among texts of about the same length, in so many bins.")
            @DefaultValue("4")
            @Min(1)
            @Max(100)
            int lengthStrata,

            @Description("Number of searches with shuffled labels.") @DefaultValue("20") @Min(1) @Max(1_000)
            int shuffles,

            @Description("Number of neurons listed.") @DefaultValue("20") @Min(1) @Max(10_000)
            int top,

            @Description(
                    "Texts are cut to so many tokens, special tokens counted; the model's context length by default.")
            Optional<@Min(3) Integer> maxTokens) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        new ConceptInputs(params.trueTexts(), params.falseTexts(), params.halfField()).check(planning, problems);
        Spans spans = new Spans(params.pooling(), planning, problems);
        spans.check(params.trueTexts());
        spans.check(params.falseTexts());
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Dimensions dims = planning.model().architecture().dims();
        List<HookName> hooks = Neuron.hooks(params.layers(), dims);
        List<HookName> last = List.of(HookName.residual(dims.nLayers()));
        Rows neurons = params.pooling().rows();
        return Requirements.builder()
                .capture(capture(TRUE, params.trueTexts(), params, neurons, hooks))
                .capture(capture(FALSE, params.falseTexts(), params, neurons, hooks))
                .capture(capture(TRUE + SENTENCES, params.trueTexts(), params, Rows.MEAN_WITH_SPECIAL, last))
                .capture(capture(FALSE + SENTENCES, params.falseTexts(), params, Rows.MEAN_WITH_SPECIAL, last))
                .passes(TokenResponses.SHOWN, (long) TokenResponses.SHOWN * dims.nCtx() * dims.dMlp() * Float.BYTES)
                .build();
    }

    private static CaptureRequest capture(String id, TextSet texts, Params params, Rows rows, List<HookName> hooks) {
        CaptureRequest whole = CaptureRequest.of(id, texts.source(), rows, hooks);
        return params.maxTokens().map(whole::cutTo).orElse(whole);
    }

    @Override
    public ConceptNeurons run(Params params, Inputs inputs, OperationContext context) {
        ConceptInputs sides = new ConceptInputs(params.trueTexts(), params.falseTexts(), params.halfField());
        ConceptTexts concept = sides.read(inputs, TRUE, FALSE).readBy(Reading.of(context, params.maxTokens()));
        List<Integer> layers =
                Neuron.blocks(params.layers(), context.model().architecture().dims());
        ConceptSearch search = new ConceptSearch(
                concept, new NeuronRanks(concept, layers, context), context.random("find_concept_neurons"));
        MaxTResult result = search.search(params.permutations(), params.lengthStrata());
        ConceptNeurons.Company company = new ConceptFigures(layers, context)
                .company(
                        concept,
                        sides.read(inputs, TRUE + SENTENCES, FALSE + SENTENCES),
                        search.first(result, ConceptFigures.DETECTOR));
        ConceptNeurons found = search.report(result, company, params.shuffles(), params.top());
        return found.with(TokenResponses.table(
                TokenResponses.of(found.texts(), found.best(), Reading.most(context, params.maxTokens()), context)));
    }
}
