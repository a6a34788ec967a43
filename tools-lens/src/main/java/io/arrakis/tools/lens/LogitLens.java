package io.arrakis.tools.lens;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.HookName;
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
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a model would say if it stopped at a layer: the residual stream of each layer through the model's own last norm and
 * unembedding.
 *
 * <p>Of each layer's distribution: its entropy, its divergence from the last layer's (Kullback and Leibler, last layer first),
 * the log probability of the token that follows (in encoders, of the token that stands there), and how often its likeliest token
 * is the last layer's. Early layers write in other directions than the unembedding reads, so a high divergence there says as
 * much of the lens as of the model. On each run the scores of the last layer are held against the model's own. Costs one
 * capture of the residual stream, and layers x tokens x d_model x d_vocab multiply-adds.
 *
 * @see "nostalgebraist 2020, interpreting GPT: the logit lens; Belrose et al. 2023, Eliciting Latent Predictions from
 *     Transformers with the Tuned Lens"
 */
@Description("Reads next-token distributions from the residual stream at each layer.")
public final class LogitLens implements Operation<LogitLens.Params, LensReadings> {

    /** Makes the operation. */
    @Inject
    public LogitLens() {}

    /**
     * What to read.
     *
     * @param texts      the texts
     * @param layers     residual layers; the last is read in any case
     * @param maxTokens  texts are cut to so many tokens
     * @param shownTexts texts whose likeliest tokens are listed
     * @param top        number of likeliest tokens listed for each place
     */
    public record Params(
            @Description("Texts: a list, or a data set.") @Example("[the cat sat on the mat]")
            TextSet texts,

            @Description("Residual layers to read; the last one is read in any case.")
            @DefaultValue("all")
            @Layer(LayerKind.RESIDUAL)
            Layers layers,

            @Description("Texts are cut to so many tokens, special tokens counted.")
            @DefaultValue("128")
            @Min(2)
            @Max(100_000)
            int maxTokens,

            @Description("Number of texts whose likeliest tokens are listed.") @DefaultValue("1") @Min(0) @Max(1_000)
            int shownTexts,

            @Description("Number of likeliest tokens listed for each place.") @DefaultValue("3") @Min(1) @Max(100)
            int top) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        ListedTexts.check(params.texts(), "texts", problems);
        if (!Unembedding.in(planning.model().architecture())) {
            problems.at("texts")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "model '" + planning.model().name() + "' has no unembedding to read layers with",
                            "take a model with a language-model head");
        }
    }

    /** From the last norm on the lens computes for itself, with the weights of the model. */
    @Override
    public Optional<String> refusesChange(Params params, HookName changed, Planning planning) {
        return Unembedding.standsFor(changed)
                ? Optional.of("it computes the last norm and the scores of each layer for itself, without the change")
                : Optional.empty();
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        Dimensions dims = architecture.dims();
        if (!Unembedding.in(architecture)) {
            return Requirements.none();
        }
        CaptureRequest capture = CaptureRequest.of(
                        LensReader.CAPTURE, params.texts().source(), Rows.EACH_WITH_SPECIAL, hooks(params, dims))
                .cutTo(Math.min(params.maxTokens(), dims.nCtx()));
        return Requirements.builder()
                .capture(capture)
                .weights(Unembedding.weights(architecture))
                .passes(1, (long) Float.BYTES * dims.dVocab() * params.maxTokens())
                .build();
    }

    private static List<HookName> hooks(Params params, Dimensions dims) {
        return layers(params, dims).stream().map(HookName::residual).toList();
    }

    private static SortedSet<Integer> layers(Params params, Dimensions dims) {
        SortedSet<Integer> layers = new TreeSet<>(params.layers().in(dims.nLayers(), LayerKind.RESIDUAL));
        layers.add(dims.nLayers());
        return layers;
    }

    @Override
    public LensReadings run(Params params, Inputs inputs, OperationContext context) {
        Architecture architecture = context.model().architecture();
        try (Unembedding unembedding = Unembedding.read(architecture, inputs.weights(), context.linearAlgebra())) {
            LensReader reader = new LensReader(
                    inputs.activations(LensReader.CAPTURE),
                    List.copyOf(layers(params, architecture.dims())),
                    unembedding,
                    context);
            return reader.read(params.shownTexts(), params.top());
        }
    }
}
