package io.arrakis.tools.lens;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
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
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/**
 * Which activations carry what tells two inputs apart: those of one run are put into the other, one site at a time, and the
 * output says how far that takes it.
 *
 * <p>An effect is {@code (patched - base) / (source - base)}: 0 where the patch changes nothing, 1 where it makes the output that
 * of the run that it comes from. On each run a patch of nothing must leave the outputs as they are, and a patch of the whole residual
 * stream must make them the other run's. The best of many sites is high by chance: with four pairs or more it is chosen on every
 * second pair and measured on the others, and there beside the same site of another pair. Costs, for each pair,
 * blocks x (positions or heads) rows of a forward pass; the passes are kept in the cache.
 *
 * @see "Vig et al. 2020, Investigating Gender Bias with Causal Mediation Analysis; Meng et al. 2022, Locating and Editing Factual
 *     Associations; Zhang and Nanda 2024, Towards Best Practices of Activation Patching"
 */
@Description("Puts activations of one run into another, site by site, and measures what that restores.")
public final class ActivationPatching implements Operation<ActivationPatching.Params, PatchEffects> {

    /** Rows of a block that patch nothing and everything. */
    private static final int CHECKS = 2;

    /** Rows that a pair adds: its two plain runs, and three for the control with another pair. */
    private static final int PLAIN = 5;

    /** Makes the operation. */
    @Inject
    public ActivationPatching() {}

    /**
     * What to patch.
     *
     * @param pairs     clean and corrupted inputs
     * @param site      what is patched
     * @param layers    the blocks
     * @param metric    what tells how clean an output is
     * @param direction from which run to which
     * @param maxPairs  at most so many pairs are read
     * @param maxTokens longer inputs are refused
     */
    public record Params(
            @Description(
                    "Clean and corrupted inputs: a list of {clean, corrupted, answer, distractor}, or a data set with"
                            + " such fields.")
            @Example("[{clean: the cat and the, corrupted: the dog and the, answer: ' cat', distractor: ' dog'}]")
            PromptPairs pairs,

            @Description("What is patched.") @DefaultValue("residual")
            PatchSite site,

            @Description("Blocks that are patched.") @DefaultValue("all") @Layer(LayerKind.BLOCK)
            Layers layers,

            @Description("What tells how clean an output is.") @DefaultValue("logit_difference")
            PatchMetric metric,

            @Description("From which run to which.") @DefaultValue("clean_into_corrupted")
            PatchDirection direction,

            @Description("At most so many pairs are read.") @DefaultValue("20") @Min(1) @Max(1_000)
            int maxPairs,

            @Description("Inputs of more tokens are refused, special tokens counted.")
            @DefaultValue("64")
            @Min(1)
            @Max(4_096)
            int maxTokens) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        if (params.metric() == PatchMetric.LOGIT_DIFFERENCE
                && !Unembedding.in(planning.model().architecture())) {
            problems.at("metric")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "model '" + planning.model().name() + "' has no unembedding, so no scores to compare",
                            "take metric: cosine");
        } else if (params.pairs() instanceof PromptPairs.OfData of) {
            checkFields(params.metric(), of.data(), planning, problems);
        } else if (params.pairs() instanceof PromptPairs.Listed listed) {
            checkPairs(params, listed, planning, problems);
        }
    }

    private static void checkFields(PatchMetric metric, DataRef data, Planning planning, Problems problems) {
        List<String> fields = planning.fields(data);
        needed(metric).stream().filter(field -> !fields.contains(field)).forEach(field -> problems.at("pairs")
                .error(
                        ErrorCode.DATA_UNFIT,
                        "the rows of data." + data.name() + " have no field '" + field + "'",
                        fields.isEmpty() ? "they have none" : "fields: " + String.join(", ", fields)));
    }

    private static void checkPairs(Params params, PromptPairs.Listed listed, Planning planning, Problems problems) {
        if (listed.pairs().isEmpty()) {
            problems.at("pairs").error(ErrorCode.DATA_UNFIT, "the list has no pair", "give at least one");
            return;
        }
        new PairReader(params, planning.tokenizer(), planning.model()).check(listed, problems);
    }

    private static List<String> needed(PatchMetric metric) {
        return switch (metric) {
            case LOGIT_DIFFERENCE ->
                List.of(PairReader.CLEAN, PairReader.CORRUPTED, PairReader.ANSWER, PairReader.DISTRACTOR);
            case COSINE -> List.of(PairReader.CLEAN, PairReader.CORRUPTED);
        };
    }

    /** The scores of answer and distractor are computed from what enters the unembedding. */
    @Override
    public Optional<String> refusesChange(Params params, HookName changed, Planning planning) {
        return params.metric() == PatchMetric.LOGIT_DIFFERENCE && changed.point() == HookPoint.LOGITS
                ? Optional.of("it computes the scores of answer and distractor for itself, without the change")
                : Optional.empty();
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        Dimensions dims = architecture.dims();
        int pairs = params.pairs() instanceof PromptPairs.Listed listed
                ? Math.min(listed.pairs().size(), params.maxPairs())
                : params.maxPairs();
        long blocks = params.layers().in(dims.nLayers(), LayerKind.BLOCK).size();
        long longest = Math.min(params.maxTokens(), dims.nCtx());
        long rows = (params.site().byPosition() ? longest : dims.nHeads()) + CHECKS;
        long width = Math.max(dims.dModel(), (long) dims.nHeads() * dims.dHead());
        Requirements.Builder required = Requirements.builder()
                .passes(
                        Math.max(1, pairs) * (PLAIN + blocks * rows),
                        Float.BYTES * longest * width * Math.max(blocks * rows, 2 * (blocks + 1)));
        if (params.metric() == PatchMetric.LOGIT_DIFFERENCE && Unembedding.in(architecture)) {
            required.weights(Unembedding.weights(architecture));
        }
        return required.build();
    }

    @Override
    public PatchEffects run(Params params, Inputs inputs, OperationContext context) {
        List<PreparedPair> pairs = new PairReader(params, context.tokenizer(), context.model()).read(inputs);
        if (params.metric() == PatchMetric.COSINE) {
            return new PatchSurvey(
                            params, context, new Metrics.Cosines(context.model().architecture()))
                    .of(pairs);
        }
        try (Unembedding unembedding =
                Unembedding.read(context.model().architecture(), inputs.weights(), context.linearAlgebra())) {
            return new PatchSurvey(params, context, new Metrics.LogitDifferences(unembedding)).of(pairs);
        }
    }
}
