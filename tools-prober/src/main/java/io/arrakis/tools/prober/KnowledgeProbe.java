package io.arrakis.tools.prober;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.SeededRandom;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How one neuron responds to texts with and without a concept.
 *
 * <p>The neuron is taken as it is given: where it was found on these same texts, the result is too good; see {@link
 * FindConceptNeurons}, which reports on other texts. Costs one capture of the block, pooled to a number a text.
 *
 * @see "Gurnee et al. 2023, Finding Neurons in a Haystack; Suau et al. 2020, Finding Experts in Transformer Models"
 */
@Description("Measures how well one neuron tells true texts from false ones.")
public final class KnowledgeProbe implements Operation<KnowledgeProbe.Params, ProbeScores> {

    /** Makes the operation. */
    @Inject
    public KnowledgeProbe() {}

    /**
     * What to probe.
     *
     * @param ids           true and false texts
     * @param conceptNeuron the neuron
     * @param pooling       how a text becomes one number
     * @param maxTokens     texts are cut to so many tokens
     */
    public record Params(
            @Description("List of [true, false] pairs of texts or of token ids, or a data set with the fields true and"
                    + " false, or with texts and the field label.")
            @Example("[[a dog barks, a car stops], [the puppy sleeps, the clock ticks]]")
            ProbeTexts ids,

            @Description("The neuron, as [layer, neuron].") @Example("[2, 17]")
            Neuron conceptNeuron,

            @Description("How the responses at the tokens of a text become one number.") @DefaultValue("max")
            Pooling pooling,

            @Description(
                    "Texts are cut to so many tokens, special tokens counted; the model's context length by default.")
            Optional<@Min(3) Integer> maxTokens) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        params.conceptNeuron().check(planning.model(), "concept_neuron", problems);
        new ProbeTextsCheck(planning, problems).check(params.ids(), params.pooling());
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        List<String> fields = params.ids() instanceof ProbeTexts.OfData of ? planning.fields(of.data()) : List.of();
        return new ProbeCaptures(params).requirements(fields);
    }

    @Override
    public ProbeScores run(Params params, Inputs inputs, OperationContext context) {
        ProbeCaptures captures = new ProbeCaptures(params);
        ProbeCaptures.Responses found =
                captures.read(inputs, params.conceptNeuron().neuron());
        LabelledTexts texts = found.texts();
        requireBoth(texts);
        double[] trueScores = scores(found, true);
        double[] falseScores = scores(found, false);
        SeededRandom random = context.random("knowledge_probe");
        Detection detection = Detection.of(found.responses(), texts.labels(), random.child("detection"));
        return new ProbeScores(
                params.conceptNeuron(),
                detection.auroc(),
                detection.averagePrecision(),
                boxed(trueScores),
                boxed(falseScores),
                found.paired()
                        ? Optional.of(PairDifference.of(trueScores, falseScores, random.child("pairs")))
                        : Optional.empty(),
                table(found),
                ResponseFigure.of("Responses of the neuron to true and false texts", trueScores, falseScores),
                warnings(found, captures.readBy(Reading.of(context, params.maxTokens()), texts)));
    }

    private static void requireBoth(LabelledTexts texts) {
        for (boolean label : new boolean[] {true, false}) {
            if (texts.count(label) == 0) {
                throw new ArrakisException(
                        ErrorCode.DATA_UNFIT,
                        "ids",
                        "no text is labelled " + label,
                        "give texts with the concept and texts without");
            }
        }
    }

    private static double[] scores(ProbeCaptures.Responses found, boolean label) {
        return IntStream.range(0, found.responses().length)
                .filter(i -> found.texts().labels()[i] == label)
                .mapToDouble(i -> found.responses()[i])
                .toArray();
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static Table table(ProbeCaptures.Responses found) {
        Table.Builder table = Table.builder()
                .text("example", "id of the text")
                .flag("label", "whether it has the concept")
                .number("response", "of the neuron")
                .text("text", "the text; empty where token ids were given");
        IntStream.range(0, found.responses().length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -found.responses()[i]))
                .forEach(i -> table.row(
                        found.texts().ids().get(i),
                        found.texts().labels()[i],
                        found.responses()[i],
                        found.texts().texts().get(i)));
        return table.build();
    }

    private static List<String> warnings(ProbeCaptures.Responses found, LabelledTexts texts) {
        List<String> warnings = new ArrayList<>(texts.warnings());
        if (Arrays.stream(found.responses()).distinct().count() == 1) {
            warnings.add("the neuron responds with " + found.responses()[0] + " to every text: it tells nothing apart");
        }
        CutTexts.warn(found.cut(), warnings);
        return warnings;
    }
}
