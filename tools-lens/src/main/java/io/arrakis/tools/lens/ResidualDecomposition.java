package io.arrakis.tools.lens;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the residual stream apart into what the embeddings, each head and each MLP write, and says what each adds to the stream
 * and to the score of a token.
 *
 * <p>Every norm that the parts pass is frozen at the mean and the scale that it had in this run, which makes it linear; what it
 * subtracts, what it adds and the biases of projections are parts of their own. So the parts sum to the whole, in families that
 * norm the stream or what is added to it too; each run holds the sum against the model's own residual stream and scores. The
 * share of a part is its inner product with the whole over the whole's with itself: shares sum to 1, and a part that points away
 * has a negative one. What a part adds to a score is its direct effect alone, not what later blocks make of it. Costs one capture
 * of what the heads and MLPs write, and four products with the output projections.
 *
 * @see "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits; Wang et al. 2023, Interpretability in the Wild"
 */
@Description("Says what each head, MLP and embedding adds to the residual stream and to the score of a token.")
public final class ResidualDecomposition implements Operation<ResidualDecomposition.Params, ResidualParts> {

    static final String CAPTURE = "stream";

    /** Makes the operation. */
    @Inject
    public ResidualDecomposition() {}

    /**
     * What to take apart.
     *
     * @param texts      the texts
     * @param layerIdx   the residual layer
     * @param places     at which tokens
     * @param answer     token whose score is taken apart
     * @param distractor token whose score is subtracted
     * @param maxTokens  texts are cut to so many tokens
     */
    public record Params(
            @Description("Texts: a list, or a data set.") @Example("[the cat sat on the mat]")
            TextSet texts,

            @Description("Residual layer that is taken apart; the last one by default. Scores need the last one.")
            @Layer(LayerKind.RESIDUAL)
            Optional<Integer> layerIdx,

            @Description("At which tokens.") @DefaultValue("each")
            Places places,

            @Description("Token whose score is taken apart; by default the token that follows, in causal models.")
            Optional<String> answer,

            @Description("Token whose score is subtracted; by default the mean score of all tokens.")
            Optional<String> distractor,

            @Description("Texts are cut to so many tokens, special tokens counted.")
            @DefaultValue("128")
            @Min(1)
            @Max(100_000)
            int maxTokens) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        ListedTexts.check(params.texts(), "texts", problems);
        if (params.distractor().isPresent() && params.answer().isEmpty()) {
            problems.at("distractor")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "there is a distractor but no answer to compare it with",
                            "name an answer");
        }
        Architecture architecture = planning.model().architecture();
        if (params.answer().isPresent() && !readsScores(architecture)) {
            problems.at("answer")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "scores of model '" + planning.model().name() + "' are no sum over parts: "
                                    + (Unembedding.in(architecture)
                                            ? "its head has an activation function before the unembedding"
                                            : "it has no unembedding"),
                            "leave answer out; the shares of the stream are there without it");
        } else if (params.answer().isPresent() && layer(params, architecture) != last(architecture)) {
            problems.at("answer")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "the model reads scores from residual layer " + last(architecture) + ", not from "
                                    + layer(params, architecture),
                            "leave layer_idx out, or answer");
        } else if (params.answer().isPresent()) {
            checkToken("answer", params.answer(), planning, problems);
            checkToken("distractor", params.distractor(), planning, problems);
        }
    }

    private static void checkToken(String parameter, Optional<String> text, Planning planning, Problems problems) {
        Tokenizer tokenizer = planning.tokenizer();
        text.ifPresent(token -> Refusals.report(problems, () -> OneToken.of(token, tokenizer, parameter)));
    }

    /** Returns whether scores are a sum over parts, but for the scale of the last norm. */
    static boolean readsScores(Architecture architecture) {
        return architecture
                .head()
                .unembedding()
                .filter(spec -> spec.transform().isEmpty())
                .isPresent();
    }

    private static int last(Architecture architecture) {
        return architecture.dims().nLayers();
    }

    private static int layer(Params params, Architecture architecture) {
        return params.layerIdx().orElse(last(architecture));
    }

    /** Returns whether scores are taken apart: of the answer, or of the next token where there is one. */
    private static boolean takesScores(Params params, Architecture architecture) {
        return readsScores(architecture)
                && layer(params, architecture) == last(architecture)
                && (params.answer().isPresent()
                        || (params.places() == Places.EACH
                                && architecture.attention().causal()));
    }

    @Override
    public Optional<String> refusesChange(Params params, HookName changed, Planning planning) {
        Architecture architecture = planning.model().architecture();
        StreamParts parts = new StreamParts(architecture, layer(params, architecture));
        if (parts.sumsUp(changed)) {
            return Optional.of("what stands there would no longer be the sum of what heads, MLPs and embeddings write;"
                    + " it can follow changes at hook_embed, inside attention, such as attn.hook_z, and inside MLPs, such"
                    + " as mlp.hook_post");
        }
        return takesScores(params, architecture) && Unembedding.standsFor(changed)
                ? Optional.of("it takes the scores apart through the last norm, as the model without the change has it")
                : Optional.empty();
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        StreamParts parts = new StreamParts(architecture, layer(params, architecture));
        List<HookName> hooks = new ArrayList<>(parts.hooks());
        Requirements.Builder required = Requirements.builder().weights(parts.weights());
        if (takesScores(params, architecture)) {
            hooks.add(HookName.of(HookPoint.FINAL_NORMALIZED));
            required.weights(Unembedding.weights(architecture));
        }
        return required.capture(CaptureRequest.of(
                                CAPTURE,
                                params.texts().source(),
                                params.places().rows(),
                                hooks)
                        .cutTo(Math.min(params.maxTokens(), architecture.dims().nCtx())))
                .build();
    }

    @Override
    public ResidualParts run(Params params, Inputs inputs, OperationContext context) {
        Architecture architecture = context.model().architecture();
        StreamParts parts = new StreamParts(architecture, layer(params, architecture));
        if (!takesScores(params, architecture)) {
            return new PartSurvey(parts, inputs, context, Optional.empty()).survey();
        }
        try (Unembedding unembedding = Unembedding.read(architecture, inputs.weights(), context.linearAlgebra())) {
            ScoreTarget target = ScoreTarget.of(params, unembedding, context.tokenizer());
            return new PartSurvey(parts, inputs, context, Optional.of(target)).survey();
        }
    }
}
