package io.arrakis.api.hook;

import static io.arrakis.api.hook.Axis.BATCH;
import static io.arrakis.api.hook.Axis.D_HEAD;
import static io.arrakis.api.hook.Axis.D_MLP;
import static io.arrakis.api.hook.Axis.D_MODEL;
import static io.arrakis.api.hook.Axis.D_VOCAB;
import static io.arrakis.api.hook.Axis.HEAD;
import static io.arrakis.api.hook.Axis.IS_NEXT;
import static io.arrakis.api.hook.Axis.KEY_POS;
import static io.arrakis.api.hook.Axis.KEY_VALUE_HEAD;
import static io.arrakis.api.hook.Axis.POS;
import static io.arrakis.api.hook.Axis.QUERY_POS;

import io.arrakis.api.stability.Stable;
import java.util.List;

/**
 * A place in the forward pass where one tensor can be read or changed: the table of all of them, in the order in which a
 * pass reaches them.
 *
 * <p>Names are those of TransformerLens. One name means one tensor with one shape in every family, {@link #LN1_NORMALIZED}
 * excepted. Which points a model has follows from its {@code Architecture}. Values at padded positions are undefined.
 */
@Stable
public enum HookPoint {
    /** Token embedding after the family's multiplier, before positions. */
    EMBED(Stage.EMBEDDING, "hook_embed", "token embedding, scaled where the family scales it", BATCH, POS, D_MODEL),
    /** Learned position embedding. */
    POS_EMBED(Stage.EMBEDDING, "hook_pos_embed", "learned position embedding", BATCH, POS, D_MODEL),
    /** Token type (segment) embedding. */
    TOKEN_TYPE_EMBED(Stage.EMBEDDING, "hook_token_type_embed", "token type embedding", BATCH, POS, D_MODEL),

    /** What enters the block; in block 0 of BERT after the embedding norm. */
    RESID_PRE(Stage.BLOCK, "blocks.{l}.hook_resid_pre", "residual stream that enters the block", BATCH, POS, D_MODEL),
    /**
     * With weight and bias. Families that normalise first: what attention reads. BERT and RoBERTa: the norm after
     * attention, which the MLP reads, and which a pass reaches after {@link #RESID_MID}.
     */
    LN1_NORMALIZED(
            Stage.BLOCK,
            "blocks.{l}.ln1.hook_normalized",
            "first norm: what attention reads (BERT: the norm after attention)",
            BATCH,
            POS,
            D_MODEL),
    /** Queries with bias, before any query norm and before rotary. */
    Q(Stage.BLOCK, "blocks.{l}.attn.hook_q", "queries, before norm and rotary", BATCH, POS, HEAD, D_HEAD),
    /** Keys with bias, before any key norm and before rotary. */
    K(Stage.BLOCK, "blocks.{l}.attn.hook_k", "keys, before norm and rotary", BATCH, POS, KEY_VALUE_HEAD, D_HEAD),
    /** Values with bias. */
    V(Stage.BLOCK, "blocks.{l}.attn.hook_v", "values", BATCH, POS, KEY_VALUE_HEAD, D_HEAD),
    /** Queries after the query norm, before rotary. */
    Q_NORMED(Stage.BLOCK, "blocks.{l}.attn.hook_q_normed", "queries after their norm", BATCH, POS, HEAD, D_HEAD),
    /** Keys after the key norm, before rotary. */
    K_NORMED(Stage.BLOCK, "blocks.{l}.attn.hook_k_normed", "keys after their norm", BATCH, POS, KEY_VALUE_HEAD, D_HEAD),
    /** Queries after rotary; dimensions that are not rotated are passed on. */
    ROT_Q(Stage.BLOCK, "blocks.{l}.attn.hook_rot_q", "queries after rotary", BATCH, POS, HEAD, D_HEAD),
    /** Keys after rotary; dimensions that are not rotated are passed on. */
    ROT_K(Stage.BLOCK, "blocks.{l}.attn.hook_rot_k", "keys after rotary", BATCH, POS, KEY_VALUE_HEAD, D_HEAD),
    /** Attention scores, scaled and soft-capped, before the mask. */
    ATTN_SCORES(
            Stage.BLOCK,
            "blocks.{l}.attn.hook_attn_scores",
            "attention scores, scaled and soft-capped, before the mask",
            BATCH,
            HEAD,
            QUERY_POS,
            KEY_POS),
    /** Attention probabilities; exactly 0 at hidden and padded keys. */
    PATTERN(
            Stage.BLOCK,
            "blocks.{l}.attn.hook_pattern",
            "attention after the softmax",
            BATCH,
            HEAD,
            QUERY_POS,
            KEY_POS),
    /** Pattern times values, before the output projection. */
    Z(Stage.BLOCK, "blocks.{l}.attn.hook_z", "pattern times values", BATCH, POS, HEAD, D_HEAD),
    /** What attention adds to the stream, after a post-norm or residual multiplier where the family has one. */
    ATTN_OUT(Stage.BLOCK, "blocks.{l}.hook_attn_out", "what attention adds to the stream", BATCH, POS, D_MODEL),
    /** {@link #RESID_PRE} plus {@link #ATTN_OUT}; absent where attention and MLP are parallel. */
    RESID_MID(Stage.BLOCK, "blocks.{l}.hook_resid_mid", "residual stream after attention", BATCH, POS, D_MODEL),
    /** What the MLP reads, in families that normalise before the MLP with a norm of its own. */
    LN2_NORMALIZED(
            Stage.BLOCK, "blocks.{l}.ln2.hook_normalized", "second norm: what the MLP reads", BATCH, POS, D_MODEL),
    /** What the activation function reads: in gated MLPs the gate. */
    MLP_PRE(Stage.BLOCK, "blocks.{l}.mlp.hook_pre", "before the activation (gated: the gate)", BATCH, POS, D_MLP),
    /** The up projection of a gated MLP. */
    MLP_PRE_LINEAR(Stage.BLOCK, "blocks.{l}.mlp.hook_pre_linear", "gated MLPs: the up projection", BATCH, POS, D_MLP),
    /** What the down projection reads: {@code act(pre)}, or {@code act(pre) * pre_linear}. */
    MLP_POST(Stage.BLOCK, "blocks.{l}.mlp.hook_post", "neurons: what the down projection reads", BATCH, POS, D_MLP),
    /** What the MLP adds to the stream, after a post-norm or residual multiplier where the family has one. */
    MLP_OUT(Stage.BLOCK, "blocks.{l}.hook_mlp_out", "what the MLP adds to the stream", BATCH, POS, D_MODEL),
    /** What leaves the block: always what the next block reads, post-norm families included. */
    RESID_POST(Stage.BLOCK, "blocks.{l}.hook_resid_post", "residual stream that leaves the block", BATCH, POS, D_MODEL),

    /** Output of an encoder: the last block's {@link #RESID_POST}. */
    LAST_HIDDEN_STATE(Stage.HEAD, "last_hidden_state", "output of an encoder", BATCH, POS, D_MODEL),
    /** What enters the unembedding: the last norm, with weight and bias (BERT: the norm of the masked-token head). */
    FINAL_NORMALIZED(Stage.HEAD, "ln_final.hook_normalized", "what enters the unembedding", BATCH, POS, D_MODEL),
    /** Scores of the vocabulary, after divisor and soft cap where the family has them. */
    LOGITS(Stage.HEAD, "logits", "scores of the vocabulary", BATCH, POS, D_VOCAB),
    /** Logarithms of the softmax of {@link #LOGITS}: in a decoder of the token that comes next, at most 0. */
    LOG_PROBS(Stage.HEAD, "log_probs", "log probabilities of the vocabulary", BATCH, POS, D_VOCAB),
    /**
     * Decoders: the log probability of the token that does come next. It is 0 where no token follows, so that the sum over a
     * row is the log probability of the text after its first token.
     */
    NEXT_TOKEN_LOG_PROB(
            Stage.HEAD,
            "next_token_log_prob",
            "decoders: log probability of the token that comes next; 0 at the last",
            BATCH,
            POS),
    /** First position through the pooler's dense layer and tanh. */
    POOLER_OUTPUT(Stage.HEAD, "pooler_output", "pooled first position", BATCH, D_MODEL),
    /** Scores of the next-sentence head. */
    NSP_LOGITS(Stage.HEAD, "nsp_logits", "scores of the next-sentence head", BATCH, IS_NEXT);

    /** What stands in a template for the number of the block. */
    static final String BLOCK_PLACEHOLDER = "{l}";

    private final Stage stage;
    private final String template;
    private final String meaning;
    private final List<Axis> axes;

    HookPoint(Stage stage, String template, String meaning, Axis... axes) {
        this.stage = stage;
        this.template = template;
        this.meaning = meaning;
        this.axes = List.of(axes);
    }

    /** Part of the forward pass that the point lies in; {@link Stage#BLOCK} means that every block has one. */
    public Stage stage() {
        return stage;
    }

    /** The name, with <code>{l}</code> for the number of the block. */
    public String template() {
        return template;
    }

    /** What the tensor is, in one line. */
    public String meaning() {
        return meaning;
    }

    /** The axes of the tensor, outermost first. */
    public List<Axis> axes() {
        return axes;
    }

    /** Whether every block has this point. */
    public boolean inBlock() {
        return stage == Stage.BLOCK;
    }
}
