package io.arrakis.runtime.model.source;

import io.arrakis.api.model.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that come with the framework, as resources of Maven artifacts whose code is not used. */
enum BuiltInModel {
    /** all-MiniLM-L6-v2: 6 layers of 384, English sentences. */
    MINILM("minilm", "all-minilm-l6-v2", 6, true),
    /** bge-small-en-v1.5: 12 layers of 384, English passages. */
    BGE_SMALL_EN("bge-small-en", "bge-small-en-v1.5", 12, false);

    private static final int WIDTH = 384;
    private static final int NEURONS = 1536;
    private static final int TOKENS = 30_522;
    private static final int POSITIONS = 512;

    private final String id;
    private final String resource;
    private final int layers;
    private final boolean pooler;

    BuiltInModel(String id, String resource, int layers, boolean pooler) {
        this.id = id;
        this.resource = resource;
        this.layers = layers;
        this.pooler = pooler;
    }

    static Optional<BuiltInModel> named(String id) {
        return Arrays.stream(values()).filter(model -> model.id.equals(id)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(BuiltInModel::id).sorted().toList();
    }

    /** Returns the name in experiments. */
    String id() {
        return id;
    }

    /** Returns the resource with the graph and the weights. */
    String onnx() {
        return "/" + resource + ".onnx";
    }

    /** Returns the resource with the tokenizer. */
    String tokenizer() {
        return "/" + resource + "-tokenizer.json";
    }

    /** Returns the tensors that the unpacked model has. */
    Map<String, TensorInfo> catalog() {
        return EncoderCatalog.of(layers, WIDTH, NEURONS, TOKENS, POSITIONS, pooler);
    }

    /** Returns the configuration of the published model, which the artifacts leave out. */
    String config() {
        return """
                {
                  "architectures": ["BertModel"],
                  "hidden_act": "gelu",
                  "hidden_size": %d,
                  "initializer_range": 0.02,
                  "intermediate_size": %d,
                  "layer_norm_eps": 1e-12,
                  "max_position_embeddings": %d,
                  "model_type": "bert",
                  "num_attention_heads": 12,
                  "num_hidden_layers": %d,
                  "pad_token_id": 0,
                  "position_embedding_type": "absolute",
                  "type_vocab_size": 2,
                  "vocab_size": %d
                }
                """.formatted(WIDTH, NEURONS, POSITIONS, layers, TOKENS);
    }
}
