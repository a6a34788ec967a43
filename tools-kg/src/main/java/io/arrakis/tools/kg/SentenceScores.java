package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Attention scores between the tokens of one sentence in one block, from the queries and keys of a forward pass as they are multiplied.
 *
 * @param architecture of the model
 * @param block        the block
 * @param queries      {@code [token, head x d_head]}
 * @param keys         {@code [token, key head x d_head]}
 */
record SentenceScores(Architecture architecture, int block, HeapMatrix queries, HeapMatrix keys) {

    /** Returns where the queries and keys of a block stand just before their product. */
    static List<HookName> hooks(Architecture architecture, int block) {
        if (architecture.layers().get(block).rotary().isPresent()) {
            return List.of(HookName.of(HookPoint.ROT_Q, block), HookName.of(HookPoint.ROT_K, block));
        }
        if (architecture.attention().qkNorm().isPresent()) {
            return List.of(HookName.of(HookPoint.Q_NORMED, block), HookName.of(HookPoint.K_NORMED, block));
        }
        return List.of(HookName.of(HookPoint.Q, block), HookName.of(HookPoint.K, block));
    }

    static SentenceScores of(Architecture architecture, int block, Activations activations, SentencePair pair) {
        int[] rows = IntStream.range(pair.first(), pair.first() + pair.count()).toArray();
        List<HookName> hooks = hooks(architecture, block);
        return new SentenceScores(
                architecture,
                block,
                HeapMatrix.captured(activations, hooks.get(0), rows),
                HeapMatrix.captured(activations, hooks.get(1), rows));
    }

    double score(int head, int query, int key) {
        int dHead = architecture.dims().dHead();
        int keyHead = Side.KEY.headFor(head, architecture.dims());
        double sum = 0;
        for (int j = 0; j < dHead; j++) {
            sum += (double) queries.at(query, head * dHead + j) * keys.at(key, keyHead * dHead + j);
        }
        return sum * architecture.layers().get(block).scoreScale();
    }

    /** Returns whether a query sees a key. */
    boolean sees(int query, int key) {
        return new Sight(architecture.attention(), architecture.layers().get(block)).sees(query, key);
    }

    /**
     * Returns the share of the other tokens, the query aside, that the query scores below a key, ties by half; NaN where it sees no
     * other token.
     */
    double rank(int head, int query, int key) {
        double own = score(head, query, key);
        double below = 0;
        int others = 0;
        for (int other = 0; other < queries.rows(); other++) {
            if (other != key && other != query && sees(query, other)) {
                double score = score(head, query, other);
                below += score < own ? 1 : score == own ? 0.5 : 0;
                others++;
            }
        }
        return others == 0 ? Double.NaN : below / others;
    }
}
