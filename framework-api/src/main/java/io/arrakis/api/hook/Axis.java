package io.arrakis.api.hook;

import io.arrakis.api.stability.Stable;

/** A named axis of a tensor that a hook point or a weight has. */
@Stable
public enum Axis {
    /** Row of a batch. */
    BATCH("batch"),
    /** Token position, padding included. */
    POS("pos"),
    /** Position whose query attends. */
    QUERY_POS("query_pos"),
    /** Position that is attended to. */
    KEY_POS("key_pos"),
    /** Query head. */
    HEAD("head"),
    /** Key/value head; with grouped heads fewer than query heads, never repeated. */
    KEY_VALUE_HEAD("key_value_head"),
    /** Width of the residual stream. */
    D_MODEL("d_model"),
    /** Width of one head. */
    D_HEAD("d_head"),
    /** Neurons of one MLP. */
    D_MLP("d_mlp"),
    /** Vocabulary. */
    D_VOCAB("d_vocab"),
    /** Rows of the table of learned positions. */
    N_POSITIONS("n_positions"),
    /** Token types (segments). */
    N_TOKEN_TYPES("n_token_types"),
    /** The two answers of the next-sentence head: is next, is not. */
    IS_NEXT("is_next");

    private final String label;

    Axis(String label) {
        this.label = label;
    }

    /** The name as it is printed, such as {@code d_model}. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
