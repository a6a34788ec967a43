package io.arrakis.tools.kg;

import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.LayerSpec;

/**
 * Which keys the queries of a block see.
 *
 * @param attention what the attention of all blocks has in common
 * @param layer     what the block has of its own
 */
record Sight(AttentionSpec attention, LayerSpec layer) {

    boolean sees(int query, int key) {
        return !(attention.causal() && key > query) && Math.abs(query - key) < window();
    }

    /** Returns the first key that a query sees. */
    int first(int query) {
        return Math.max(0, query - window() + 1);
    }

    /** Returns the place behind the last key that a query sees in a text of a length. */
    int end(int query, int length) {
        return attention.causal() ? query + 1 : (int) Math.min(length, (long) query + window());
    }

    private int window() {
        return layer.window().orElse(Integer.MAX_VALUE);
    }
}
