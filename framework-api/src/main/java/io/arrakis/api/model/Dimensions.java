package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;

/**
 * Widths and counts of a transformer.
 *
 * @param nLayers        blocks
 * @param dModel         width of the residual stream
 * @param nHeads         query heads of a block
 * @param nKeyValueHeads key/value heads of a block; divides {@code nHeads}
 * @param dHead          width of a head
 * @param dMlp           neurons of a block
 * @param dVocab         rows of the token embedding
 * @param nCtx           the longest input in tokens that the model was made for
 */
@Stable
public record Dimensions(
        int nLayers, int dModel, int nHeads, int nKeyValueHeads, int dHead, int dMlp, int dVocab, int nCtx) {
    /** More than any model has by far: what is said of each block is made when a configuration is read. */
    private static final int MOST_LAYERS = 1 << 16;

    /**
     * Checks that all are positive, that the key/value heads divide the query heads, and that there are no more than 65,536
     * blocks.
     */
    public Dimensions {
        requirePositive(nLayers, "n_layers");
        requirePositive(dModel, "d_model");
        requirePositive(nHeads, "n_heads");
        requirePositive(nKeyValueHeads, "n_key_value_heads");
        requirePositive(dHead, "d_head");
        requirePositive(dMlp, "d_mlp");
        requirePositive(dVocab, "d_vocab");
        requirePositive(nCtx, "n_ctx");
        if (nLayers > MOST_LAYERS) {
            throw new IllegalArgumentException(
                    "n_layers is " + nLayers + ", and no more than " + MOST_LAYERS + " are read");
        }
        if (nHeads % nKeyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "n_key_value_heads " + nKeyValueHeads + " does not divide n_heads " + nHeads);
        }
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be above 0, not " + value);
        }
    }
}
