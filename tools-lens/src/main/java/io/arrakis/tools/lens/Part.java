package io.arrakis.tools.lens;

import java.util.Locale;

/**
 * One of the things whose sum the residual stream is.
 *
 * @param kind  what it is
 * @param block the block that writes it, or -1
 * @param head  the head, or -1
 * @param place the norm that it belongs to, or an empty text
 */
record Part(Kind kind, int block, int head, String place) {

    /** What a part is. */
    enum Kind {
        /** Token embedding. */
        EMBEDDING,
        /** Learned positions. */
        POSITIONS,
        /** Token types. */
        TOKEN_TYPES,
        /** What a head writes, its value bias included. */
        HEAD,
        /** Bias of the output projection of attention. */
        ATTENTION_BIAS,
        /** What an MLP writes, without the bias of its output. */
        MLP,
        /** Bias of the output projection of an MLP. */
        MLP_BIAS,
        /** What a norm subtracts: the mean of its input. */
        NORM_CENTRING,
        /** What a norm adds. */
        NORM_BIAS,
        /** Bias of the unembedding. */
        UNEMBEDDING_BIAS;

        /** Returns the name for people. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Part outside(Kind kind) {
        return new Part(kind, -1, -1, "");
    }

    static Part in(int block, Kind kind) {
        return new Part(kind, block, -1, "");
    }

    static Part head(int block, int head) {
        return new Part(Kind.HEAD, block, head, "");
    }

    static Part of(Kind kind, String norm) {
        return new Part(kind, -1, -1, norm);
    }

    /** Returns a name that no other part has. */
    String name() {
        if (kind == Kind.HEAD) {
            return "head " + block + "." + head;
        }
        return kind.label() + (block < 0 ? "" : " " + block) + (place.isEmpty() ? "" : " of " + place);
    }
}
