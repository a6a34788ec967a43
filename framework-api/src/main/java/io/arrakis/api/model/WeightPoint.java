package io.arrakis.api.model;

import static io.arrakis.api.hook.Axis.D_HEAD;
import static io.arrakis.api.hook.Axis.D_MLP;
import static io.arrakis.api.hook.Axis.D_MODEL;
import static io.arrakis.api.hook.Axis.D_VOCAB;
import static io.arrakis.api.hook.Axis.HEAD;
import static io.arrakis.api.hook.Axis.IS_NEXT;
import static io.arrakis.api.hook.Axis.KEY_VALUE_HEAD;
import static io.arrakis.api.hook.Axis.N_POSITIONS;
import static io.arrakis.api.hook.Axis.N_TOKEN_TYPES;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.Stage;
import io.arrakis.api.stability.Stable;
import java.util.List;

/**
 * A place in a model where a learned tensor stands: the table of all of them, in the order in which a pass uses them.
 *
 * <p>Names and shapes are those of TransformerLens: heads kept apart, matrices applied from the right ({@code x W}), raw
 * values as the files have them (no folding, no centring). One name means one tensor with one shape in every family.
 */
@Stable
public enum WeightPoint {
    /** Token embedding. */
    W_E(Stage.EMBEDDING, Kind.TABLE, "embed.W_E", D_VOCAB, D_MODEL),
    /** Learned positions. */
    W_POS(Stage.EMBEDDING, Kind.TABLE, "pos_embed.W_pos", N_POSITIONS, D_MODEL),
    /** Token types. */
    W_TOKEN_TYPE(Stage.EMBEDDING, Kind.TABLE, "token_type_embed.W_token_type", N_TOKEN_TYPES, D_MODEL),
    /** Weight of the norm after the embedding. */
    EMBED_LN_W(Stage.EMBEDDING, Kind.NORM, "embed.ln.w", D_MODEL),
    /** Bias of the norm after the embedding. */
    EMBED_LN_B(Stage.EMBEDDING, Kind.BIAS, "embed.ln.b", D_MODEL),

    /** Weight of the norm that attention reads through (BERT: of the norm after attention). */
    LN1_W(Stage.BLOCK, Kind.NORM, "blocks.{l}.ln1.w", D_MODEL),
    /** Bias of the same. */
    LN1_B(Stage.BLOCK, Kind.BIAS, "blocks.{l}.ln1.b", D_MODEL),
    /** Query matrices. */
    W_Q(Stage.BLOCK, Kind.MATRIX, "blocks.{l}.attn.W_Q", HEAD, D_MODEL, D_HEAD),
    /** Query biases. */
    B_Q(Stage.BLOCK, Kind.BIAS, "blocks.{l}.attn.b_Q", HEAD, D_HEAD),
    /** Key matrices, not repeated for grouped heads. */
    W_K(Stage.BLOCK, Kind.MATRIX, "blocks.{l}.attn.W_K", KEY_VALUE_HEAD, D_MODEL, D_HEAD),
    /** Key biases. */
    B_K(Stage.BLOCK, Kind.BIAS, "blocks.{l}.attn.b_K", KEY_VALUE_HEAD, D_HEAD),
    /** Value matrices, not repeated for grouped heads. */
    W_V(Stage.BLOCK, Kind.MATRIX, "blocks.{l}.attn.W_V", KEY_VALUE_HEAD, D_MODEL, D_HEAD),
    /** Value biases. */
    B_V(Stage.BLOCK, Kind.BIAS, "blocks.{l}.attn.b_V", KEY_VALUE_HEAD, D_HEAD),
    /** Weight of the query norm; repeated where heads share one. */
    Q_NORM_W(Stage.BLOCK, Kind.NORM, "blocks.{l}.attn.q_norm.w", HEAD, D_HEAD),
    /** Weight of the key norm; repeated where heads share one. */
    K_NORM_W(Stage.BLOCK, Kind.NORM, "blocks.{l}.attn.k_norm.w", KEY_VALUE_HEAD, D_HEAD),
    /** Output matrices of the heads. */
    W_O(Stage.BLOCK, Kind.MATRIX, "blocks.{l}.attn.W_O", HEAD, D_HEAD, D_MODEL),
    /** Bias of the output projection. */
    B_O(Stage.BLOCK, Kind.BIAS, "blocks.{l}.attn.b_O", D_MODEL),
    /** Weight of the norm of what attention adds. */
    LN1_POST_W(Stage.BLOCK, Kind.NORM, "blocks.{l}.ln1_post.w", D_MODEL),
    /** Bias of the same. */
    LN1_POST_B(Stage.BLOCK, Kind.BIAS, "blocks.{l}.ln1_post.b", D_MODEL),
    /** Weight of the norm that the MLP reads through (BERT: of the norm after the MLP). */
    LN2_W(Stage.BLOCK, Kind.NORM, "blocks.{l}.ln2.w", D_MODEL),
    /** Bias of the same. */
    LN2_B(Stage.BLOCK, Kind.BIAS, "blocks.{l}.ln2.b", D_MODEL),
    /** Gate of a gated MLP. */
    W_GATE(Stage.BLOCK, Kind.MATRIX, "blocks.{l}.mlp.W_gate", D_MODEL, D_MLP),
    /** Bias of the gate. */
    B_GATE(Stage.BLOCK, Kind.BIAS, "blocks.{l}.mlp.b_gate", D_MLP),
    /** Input projection of the MLP; in a gated one the up projection. */
    W_IN(Stage.BLOCK, Kind.MATRIX, "blocks.{l}.mlp.W_in", D_MODEL, D_MLP),
    /** Bias of the input projection. */
    B_IN(Stage.BLOCK, Kind.BIAS, "blocks.{l}.mlp.b_in", D_MLP),
    /** Output projection of the MLP. */
    W_OUT(Stage.BLOCK, Kind.MATRIX, "blocks.{l}.mlp.W_out", D_MLP, D_MODEL),
    /** Bias of the output projection. */
    B_OUT(Stage.BLOCK, Kind.BIAS, "blocks.{l}.mlp.b_out", D_MODEL),
    /** Weight of the norm of what the MLP adds. */
    LN2_POST_W(Stage.BLOCK, Kind.NORM, "blocks.{l}.ln2_post.w", D_MODEL),
    /** Bias of the same. */
    LN2_POST_B(Stage.BLOCK, Kind.BIAS, "blocks.{l}.ln2_post.b", D_MODEL),

    /** Dense layer of a masked-token head. */
    MLM_W(Stage.HEAD, Kind.MATRIX, "mlm_head.W", D_MODEL, D_MODEL),
    /** Bias of the same. */
    MLM_B(Stage.HEAD, Kind.BIAS, "mlm_head.b", D_MODEL),
    /** Weight of the last norm. */
    FINAL_LN_W(Stage.HEAD, Kind.NORM, "ln_final.w", D_MODEL),
    /** Bias of the last norm. */
    FINAL_LN_B(Stage.HEAD, Kind.BIAS, "ln_final.b", D_MODEL),
    /** Unembedding; where it is tied, the token embedding transposed. */
    W_U(Stage.HEAD, Kind.MATRIX, "unembed.W_U", D_MODEL, D_VOCAB),
    /** Bias of the unembedding. */
    B_U(Stage.HEAD, Kind.BIAS, "unembed.b_U", D_VOCAB),
    /** Dense layer of the pooler. */
    POOLER_W(Stage.HEAD, Kind.MATRIX, "pooler.W", D_MODEL, D_MODEL),
    /** Bias of the same. */
    POOLER_B(Stage.HEAD, Kind.BIAS, "pooler.b", D_MODEL),
    /** Next-sentence head. */
    NSP_W(Stage.HEAD, Kind.MATRIX, "nsp_head.W", D_MODEL, IS_NEXT),
    /** Bias of the same. */
    NSP_B(Stage.HEAD, Kind.BIAS, "nsp_head.b", IS_NEXT);

    /** What a weight is for. */
    public enum Kind {
        /** Looked up by row. */
        TABLE,
        /** Multiplied with. */
        MATRIX,
        /** Added. */
        BIAS,
        /** Scale of a norm. */
        NORM
    }

    static final String BLOCK_PLACEHOLDER = "{l}";

    private final Stage stage;
    private final Kind kind;
    private final String template;
    private final List<Axis> axes;

    WeightPoint(Stage stage, Kind kind, String template, Axis... axes) {
        this.stage = stage;
        this.kind = kind;
        this.template = template;
        this.axes = List.of(axes);
    }

    /** Part of the forward pass that uses it; {@link Stage#BLOCK} means that every block has one. */
    public Stage stage() {
        return stage;
    }

    /** What the tensor is for. */
    public Kind kind() {
        return kind;
    }

    /** The name, with <code>{l}</code> for the number of the block. */
    public String template() {
        return template;
    }

    /** The axes of the tensor, outermost first. */
    public List<Axis> axes() {
        return axes;
    }

    /** Whether every block has one. */
    public boolean inBlock() {
        return stage == Stage.BLOCK;
    }
}
