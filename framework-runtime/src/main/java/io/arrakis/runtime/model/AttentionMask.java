package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.model.TokenBatch;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** What is added to attention scores so that hidden and padded keys get exactly no attention. */
final class AttentionMask {
    /** The largest score, in either direction, beside which the mask hides what it hides. */
    static final float LARGEST_SCORE = 1e20f;

    /**
     * Far below any score, yet finite: a padded query that sees nothing gets an even pattern instead of NaN, which would
     * reach real positions through later blocks.
     */
    private static final float HIDDEN = -1e30f;

    private AttentionMask() {}

    /**
     * The mask of a batch.
     *
     * @return {@code [batch or 1, 1, query or 1, key]}; empty where every position sees every other
     */
    static Optional<NDArray> of(
            TokenBatch batch, boolean causal, OptionalInt window, NDManager manager, Precision precision) {
        boolean padded = hasPadding(batch);
        boolean byPlace = causal || window.isPresent();
        if (!padded && !byPlace) {
            return Optional.empty();
        }
        int rows = padded ? batch.rows() : 1;
        int keys = batch.columns();
        int queries = byPlace ? keys : 1;
        float[] mask = new float[Math.multiplyExact(Math.multiplyExact(rows, queries), keys)];
        for (int row = 0; row < rows; row++) {
            for (int query = 0; query < queries; query++) {
                int start = (row * queries + query) * keys;
                hideByPlace(mask, start, keys, query, causal, window);
                hidePadding(mask, start, keys, batch, row);
            }
        }
        return Optional.of(precision.widen(manager.create(mask, new Shape(rows, 1, queries, keys))));
    }

    private static void hideByPlace(float[] mask, int start, int keys, int query, boolean causal, OptionalInt window) {
        if (causal) {
            Arrays.fill(mask, start + query + 1, start + keys, HIDDEN);
        }
        if (window.isPresent()) {
            int width = window.getAsInt();
            Arrays.fill(mask, start, start + Math.max(0, query - width + 1), HIDDEN);
            Arrays.fill(mask, start + Math.min(keys, query + width), start + keys, HIDDEN);
        }
    }

    private static void hidePadding(float[] mask, int start, int keys, TokenBatch batch, int row) {
        for (int key = 0; key < keys; key++) {
            if (!batch.real(row, key)) {
                mask[start + key] = HIDDEN;
            }
        }
    }

    private static boolean hasPadding(TokenBatch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            if (batch.length(row) < batch.columns()) {
                return true;
            }
        }
        return false;
    }
}
