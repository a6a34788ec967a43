package io.arrakis.tools.prober;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which tokens neurons promote and suppress: what a unit of a neuron's activation adds to the score of each token along the
 * residual stream, past all later blocks; read from weights alone.
 *
 * <p>The row of {@code W_out}, through the norm of what the MLP adds and the last norm, times the unembedding, less its mean over
 * tokens, which changes no probability. What the norms divide by depends on the text and is taken as 1, and a soft cap is left
 * out; neither changes the order of the tokens. Later blocks may read what is written and undo it, so this is what a neuron says,
 * not what it does: {@link NeuronEffect} measures that. Beside each neuron stand others of its block that write as much, since
 * every direction has tokens that it promotes most. Costs neurons x (1 + matched) x d_model x d_vocab multiply-adds at most; no
 * model is run.
 *
 * @see "Gurnee et al. 2024, Universal Neurons in GPT2 Language Models, section 5; Geva et al. 2022, Transformer Feed-Forward Layers
 *     Build Predictions by Promoting Concepts in the Vocabulary Space"
 */
@Description(
        "Lists the tokens that neurons promote and suppress, beside neurons that write as much; reads weights alone.")
public final class NeuronLogits implements Operation<NeuronLogits.Params, LogitEffects> {

    /** Makes the operation. */
    @Inject
    public NeuronLogits() {}

    /**
     * What to look at.
     *
     * @param neurons the neurons
     * @param top     tokens listed of each side
     * @param matched other neurons beside each
     */
    public record Params(
            @Description("The neurons, each as [layer, neuron], or those that a search found.")
            @Example("${steps.found.first}")
            @Size(min = 1, max = 1_000)
            List<Neuron> neurons,

            @Description("Number of tokens listed that a neuron promotes most, and that it suppresses most.")
            @DefaultValue("10")
            @Min(1)
            @Max(1_000)
            int top,

            @Description(
                    "Number of other neurons of the same block beside each: those whose output is nearest in length.")
            @DefaultValue("100")
            @Min(20)
            @Max(10_000)
            int matched) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        Neuron.check(params.neurons(), planning.model(), problems);
        Architecture architecture = planning.model().architecture();
        if (!WrittenDirections.leadToTokens(architecture)) {
            problems.at("neurons")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "model '" + planning.model().name() + "' does not predict the next token",
                            "take a model that does, such as a GPT-2 with its head");
        }
        int others = architecture.dims().dMlp() - 1;
        if (params.matched() > others) {
            problems.at("matched")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "matched " + params.matched() + ", but a neuron of model '"
                                    + planning.model().name() + "' has " + others + " others in its block",
                            "ask for fewer");
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        return Requirements.weights(WrittenDirections.weights(
                planning.model().architecture(),
                params.neurons().stream().map(Neuron::layer).distinct().toList()));
    }

    @Override
    public LogitEffects run(Params params, Inputs inputs, OperationContext context) {
        Map<Integer, List<Neuron>> blocks = params.neurons().stream()
                .collect(Collectors.groupingBy(Neuron::layer, TreeMap::new, Collectors.toList()));
        try (TokenScores scores = TokenScores.read(inputs.weights(), params.top(), context)) {
            List<MatchedEffects.One> measured = new ArrayList<>();
            blocks.forEach((block, neurons) -> {
                context.checkCancelled();
                WrittenDirections written =
                        WrittenDirections.of(block, context.model().architecture(), inputs.weights());
                measured.addAll(new MatchedEffects(written, params.matched()).of(neurons, scores));
            });
            measured.sort(Comparator.comparingInt(one -> params.neurons().indexOf(one.neuron())));
            return new LogitSummary(measured, context.tokenizer()).result();
        }
    }
}
