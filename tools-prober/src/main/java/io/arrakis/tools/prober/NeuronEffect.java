package io.arrakis.tools.prober;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.Half;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What neurons do to the texts of a concept: they are held at what they are on texts without it, and the loss is measured beside
 * that of other neurons.
 *
 * <p>Measured is the cosine of the sentence vector (the mean of the last residual layer over all tokens) with the direction
 * from texts without the concept to texts with it, or the difference of two tokens' logits after the text. Direction and means
 * are from the texts of half 0, the loss from texts with the concept of half 1. A loss shows that the neurons are used, not
 * that they are where a fact is kept. Costs texts x (1 + doses + 2 x draws) passes.
 *
 * @see "Dai et al. 2022, Knowledge Neurons; Hase et al. 2023, Does Localization Inform Editing?"
 */
@Description("Measures what is lost when neurons are held, beside random neurons and neurons that respond as much.")
public final class NeuronEffect implements Operation<NeuronEffect.Params, NeuronEffects> {

    private static final String TRUE = "true";
    private static final String FALSE = "false";
    private static final String READ = ".read";
    private static final WeightName UNEMBEDDING = WeightName.of(WeightPoint.W_U);
    private static final WeightName BIAS = WeightName.of(WeightPoint.B_U);

    /** Makes the operation. */
    @Inject
    public NeuronEffect() {}

    /**
     * Two tokens whose logits are compared.
     *
     * @param trueToken  as the vocabulary spells it
     * @param falseToken as the vocabulary spells it
     */
    public record LogitPair(
            @Description("Token that stands for the concept, as the vocabulary spells it.") @Example("Ġbird")
            String trueToken,

            @Description("Token that stands for its absence, as the vocabulary spells it.") @Example("Ġcar")
            String falseToken) {}

    /**
     * What to hold and what to measure.
     *
     * @param neurons    the neurons
     * @param trueTexts  texts with the concept
     * @param falseTexts texts without
     * @param halfField  field with the half of each text
     * @param heldAt     what the neurons are held at
     * @param logits     tokens whose logits are measured, instead of the sentence vector
     * @param doses      parts of the way that the neurons are moved
     * @param draws      most draws of other neurons of each kind
     * @param texts      texts that are changed
     */
    public record Params(
            @Description("The neurons, each as [layer, neuron], or those that a search found.")
            @Example("${steps.found.first}")
            @Size(min = 1, max = 1_000)
            List<Neuron> neurons,

            @Description("Texts with the concept: a list, or a data set.") @Example("${data.birds}")
            TextSet trueTexts,

            @Description("Texts without the concept: a list, or a data set.") @Example("${data.others}")
            TextSet falseTexts,

            @Description(
                    "Field with 0 for texts to take means from and 1 for texts to change; by CRC-32 of their ids by"
                            + " default.")
            Optional<String> halfField,

            @Description("What the neurons are held at.") @DefaultValue("mean")
            HeldAt heldAt,

            @Description("Tokens whose logits after the text are compared, instead of the sentence vector.")
            Optional<LogitPair> logits,

            @Description("Parts of the way from what a neuron is to what it is held at, for the curve.")
            @DefaultValue("[0.25, 0.5, 1, 1.5, 2]")
            @Size(min = 1, max = 100)
            List<Double> doses,

            @Description("Most draws of random neurons, and of neurons that respond as much; each of other neurons.")
            @DefaultValue("100")
            @Min(1)
            @Max(10_000)
            int draws,

            @Description("Most texts that are changed.") @DefaultValue("50") @Min(2) @Max(10_000)
            int texts) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        Neuron.check(params.neurons(), planning.model(), problems);
        Architecture architecture = planning.model().architecture();
        if (2 * params.neurons().size() > architecture.dims().dMlp()) {
            problems.at("neurons")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            params.neurons().size() + " neurons, but a block has "
                                    + architecture.dims().dMlp(),
                            "hold at most half as many, so that others can be drawn");
        }
        params.logits().ifPresent(pair -> check(pair, planning, problems));
        new ConceptInputs(params.trueTexts(), params.falseTexts(), params.halfField()).check(planning, problems);
    }

    private static void check(LogitPair pair, Planning planning, Problems problems) {
        if (!WrittenDirections.leadToTokens(planning.model().architecture())) {
            problems.at("logits")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "model '" + planning.model().name() + "' does not predict the next token",
                            "leave logits out, and the sentence vector is measured");
            return;
        }
        check(pair.trueToken(), "logits.true_token", planning, problems);
        check(pair.falseToken(), "logits.false_token", planning, problems);
        if (pair.trueToken().equals(pair.falseToken())) {
            problems.at("logits.false_token")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "'" + pair.falseToken() + "' is true_token too, and its logit less itself is always 0",
                            "name two tokens");
        }
    }

    private static void check(String token, String parameter, Planning planning, Problems problems) {
        if (planning.tokenizer().id(token).isEmpty()) {
            problems.at(parameter)
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "'" + token + "' is not a token of model '"
                                    + planning.model().name() + "'",
                            "spell it as the vocabulary does, with its mark of a space before it");
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        Dimensions dims = architecture.dims();
        List<HookName> neurons = params.neurons().stream()
                .map(neuron -> Neuron.hook(neuron.layer()))
                .distinct()
                .sorted()
                .toList();
        Rows read = params.logits().isPresent() ? Rows.LAST : Rows.MEAN_WITH_SPECIAL;
        List<HookName> last = List.of(hook(params, dims));
        Requirements.Builder required = Requirements.builder()
                .capture(CaptureRequest.of(TRUE, params.trueTexts().source(), Rows.MEAN, neurons))
                .capture(CaptureRequest.of(FALSE, params.falseTexts().source(), Rows.MEAN, neurons))
                .capture(CaptureRequest.of(TRUE + READ, params.trueTexts().source(), read, last))
                .capture(CaptureRequest.of(FALSE + READ, params.falseTexts().source(), read, last))
                .passesOnce(
                        params.texts() * (1L + params.doses().size() + 2L * params.draws()),
                        (long) SentenceBatches.BATCH * dims.nCtx() * dims.dModel() * Float.BYTES);
        if (params.logits().isPresent()) {
            required.weights(architecture.has(WeightPoint.B_U) ? List.of(UNEMBEDDING, BIAS) : List.of(UNEMBEDDING));
        }
        return required.build();
    }

    private static HookName hook(Params params, Dimensions dims) {
        return params.logits().isPresent()
                ? HookName.of(HookPoint.FINAL_NORMALIZED)
                : HookName.residual(dims.nLayers());
    }

    @Override
    public NeuronEffects run(Params params, Inputs inputs, OperationContext context) {
        ConceptInputs sides = new ConceptInputs(params.trueTexts(), params.falseTexts(), params.halfField());
        ConceptTexts read = sides.read(inputs, TRUE + READ, FALSE + READ);
        ConceptTexts meanPooled = sides.read(inputs, TRUE, FALSE);
        Readout readout = readout(params, read, inputs, context);
        int[] changed =
                Arrays.stream(read.of(Half.REPORT, true)).limit(params.texts()).toArray();
        double[] unchanged = readout.of(read.vectors(readout.hook(), changed));
        ConceptEffect effect = new ConceptEffect(
                readout,
                Arrays.stream(changed)
                        .mapToObj(i -> read.texts().texts().get(i))
                        .toList(),
                unchanged,
                new NeuronMeans(meanPooled),
                params.heldAt(),
                context);
        return new EffectSummary(params, effect, context)
                .result(unchanged, warnings(params, asRead(read, context), meanPooled));
    }

    /** Texts that are the same to the model count as the same. */
    private static ConceptTexts asRead(ConceptTexts texts, OperationContext context) {
        return texts.readBy(Reading.of(context, Optional.empty()));
    }

    private static List<String> warnings(Params params, ConceptTexts read, ConceptTexts meanPooled) {
        List<String> warnings = new ArrayList<>(read.texts().warnings());
        CutTexts.warn(read.cut(), warnings);
        ConstantNeurons.warn(params.neurons(), meanPooled, warnings);
        return warnings;
    }

    private static Readout readout(Params params, ConceptTexts read, Inputs inputs, OperationContext context) {
        HookName hook = hook(params, context.model().architecture().dims());
        return params.logits()
                .<Readout>map(pair -> logits(pair, hook, inputs, context))
                .orElseGet(() -> new Readout.Sentence(hook, ClassDirection.of(read, context)));
    }

    private static Readout logits(LogitPair pair, HookName hook, Inputs inputs, OperationContext context) {
        int yes = context.tokenizer().id(pair.trueToken()).orElseThrow();
        int no = context.tokenizer().id(pair.falseToken()).orElseThrow();
        double bias = 0;
        if (context.model().architecture().has(WeightPoint.B_U)) {
            try (INDArray biases = inputs.weights().get(BIAS)) {
                bias = biases.getDouble(yes) - biases.getDouble(no);
            }
        }
        try (INDArray unembedding = inputs.weights().get(UNEMBEDDING);
                INDArray columns = unembedding.getColumns(yes, no)) {
            double[] weights = new double[columns.rows()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = columns.getDouble(i, 0) - columns.getDouble(i, 1);
            }
            return new Readout.Logits(hook, weights, bias);
        }
    }
}
