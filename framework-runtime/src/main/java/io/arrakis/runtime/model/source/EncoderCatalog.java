package io.arrakis.runtime.model.source;

import io.arrakis.api.model.TensorInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The tensors that a BERT saved from its base class has, known from its sizes alone. */
final class EncoderCatalog {

    private final Map<String, TensorInfo> tensors = new TreeMap<>();

    private EncoderCatalog() {}

    /**
     * Returns names and shapes.
     *
     * @param layers    number of blocks
     * @param width     of the residual stream
     * @param neurons   of each MLP
     * @param tokens    rows of the token table
     * @param positions rows of the position table
     * @param pooler    whether there is one
     */
    static Map<String, TensorInfo> of(
            int layers, long width, long neurons, long tokens, long positions, boolean pooler) {
        EncoderCatalog catalog = new EncoderCatalog();
        catalog.add("embeddings.word_embeddings.weight", tokens, width);
        catalog.add("embeddings.position_embeddings.weight", positions, width);
        catalog.add("embeddings.token_type_embeddings.weight", 2, width);
        catalog.addPair("embeddings.LayerNorm", width);
        for (int layer = 0; layer < layers; layer++) {
            catalog.addLayer("encoder.layer." + layer + ".", width, neurons);
        }
        if (pooler) {
            catalog.addPair("pooler.dense", width, width);
        }
        return Collections.unmodifiableMap(catalog.tensors);
    }

    private void addLayer(String prefix, long width, long neurons) {
        addPair(prefix + "attention.self.query", width, width);
        addPair(prefix + "attention.self.key", width, width);
        addPair(prefix + "attention.self.value", width, width);
        addPair(prefix + "attention.output.dense", width, width);
        addPair(prefix + "attention.output.LayerNorm", width);
        addPair(prefix + "intermediate.dense", neurons, width);
        addPair(prefix + "output.dense", width, neurons);
        addPair(prefix + "output.LayerNorm", width);
    }

    /** A weight and a bias as long as its first axis. */
    private void addPair(String name, long... shape) {
        add(name + ".weight", shape);
        add(name + ".bias", shape[0]);
    }

    private void add(String name, long... shape) {
        tensors.put(name, new TensorInfo("F32", Arrays.stream(shape).boxed().toList()));
    }
}
