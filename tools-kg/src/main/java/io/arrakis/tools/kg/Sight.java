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
        int window = layer.window().orElse(Integer.MAX_VALUE);
        return !(attention.causal() && key > query) && Math.abs(query - key) < window;
    }
}
