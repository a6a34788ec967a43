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
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.SeededRandom;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the neurons of several concepts, all on one pass over the texts.
 *
 * <p>For each concept as {@link FindConceptNeurons} does; and the best neuron of each is held against the best of all neurons and all
 * concepts under permuted labels too, since the best of many concepts looks good by chance as the best of many neurons does. Costs
 * one pass over the texts, which keeps the neurons and the last residual layer, pooled to a row a text, and for each concept
 * neurons x its texts x permutations multiply-adds.
 *
 * @see "Gurnee et al. 2023, Finding Neurons in a Haystack; Westfall and Young 1993, Resampling-Based Multiple Testing"
 */
@Description("Finds the neurons that best tell the texts of each of several concepts, on one pass.")
public final class FindNeuronsOfConcepts implements Operation<FindNeuronsOfConcepts.Params, NeuronsOfConcepts> {

    private static final String TEXTS = "texts";
    private static final String SENTENCES = "sentences";

    /** Makes the operation. */
    @Inject
    public FindNeuronsOfConcepts() {}

    /**
     * What to search.
     *
     * @param concepts     texts with the fields class, label and half
     * @param layers       the blocks whose neurons are searched
     * @param pooling      how a text becomes one number
     * @param permutations label permutations of the tests
     * @param lengthStrata bins of text length within which labels are permuted
     * @param shuffles     searches with shuffled labels, for each concept
     * @param top          neurons listed for each concept
     * @param maxTokens    texts are cut to so many tokens
     */
    public record Params(
            @Description("Texts of several concepts, with the fields class, label and half.")
            DataRef concepts,

            @Description("Blocks whose neurons are searched.") @DefaultValue("all") @Layer(LayerKind.BLOCK)
            Layers layers,

            @Description("How the responses at the tokens of a text become one number.") @DefaultValue("max")
            Pooling pooling,

            @Description("Number of label permutations of the tests.") @DefaultValue("1000") @Min(100) @Max(100_000)
            int permutations,

            @Description("Labels are permuted among texts of about the same length, in so many bins.")
            @DefaultValue("4")
            @Min(1)
            @Max(100)
            int lengthStrata,

            @Description("Number of searches with shuffled labels, for each concept.")
            @DefaultValue("5")
            @Min(1)
            @Max(1_000)
            int shuffles,

            @Description("Number of neurons listed for each concept.") @DefaultValue("10") @Min(1) @Max(10_000)
            int top,

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
        Dimensions dims = planning.model().architecture().dims();
        return Requirements.builder()
                .capture(capture(TEXTS, params, params.pooling().rows(), Neuron.hooks(params.layers(), dims)))
                .capture(capture(SENTENCES, params, Rows.MEAN_WITH_SPECIAL, List.of(HookName.residual(dims.nLayers()))))
                .build();
    }

    private static CaptureRequest capture(String id, Params params, Rows rows, List<HookName> hooks) {
        CaptureRequest whole = CaptureRequest.of(id, new TextSource.Data(params.concepts()), rows, hooks);
        return params.maxTokens().map(whole::cutTo).orElse(whole);
    }

    @Override
    public NeuronsOfConcepts run(Params params, Inputs inputs, OperationContext context) {
        Activations activations = inputs.activations(TEXTS);
        Map<String, ConceptRows> concepts = ConceptRows.read(inputs.data(params.concepts()), params.concepts());
        List<Integer> layers =
                Neuron.blocks(params.layers(), context.model().architecture().dims());
        Reading reading = Reading.of(context, params.maxTokens());
        ConceptFigures figures = new ConceptFigures(layers, context);
        ConceptFamily family = new ConceptFamily(params.permutations());
        List<NeuronsOfConcepts.One> found = new ArrayList<>();
        try (OperationContext.Progress progress = context.progress("concepts", concepts.size())) {
            concepts.forEach((name, rows) -> {
                context.checkCancelled();
                SeededRandom random = context.random("find_neurons_of_concepts", name);
                ConceptTexts concept = ConceptFigures.texts(activations, rows).readBy(reading);
                ConceptSearch search = new ConceptSearch(concept, new NeuronRanks(concept, layers, context), random);
                MaxTResult result = search.search(params.permutations(), params.lengthStrata());
                family.add(result, concept, random.child("family"));
                ConceptNeurons.Company company = figures.company(
                        concept,
                        ConceptFigures.texts(inputs.activations(SENTENCES), rows),
                        search.first(result, ConceptFigures.DETECTOR));
                found.add(new NeuronsOfConcepts.One(
                        name, concept, result, search.report(result, company, params.shuffles(), params.top())));
                progress.advance(1);
            });
        }
        return NeuronsOfConcepts.of(
                found, family, activations.rows().cut(), context.random("find_neurons_of_concepts"));
    }
}
