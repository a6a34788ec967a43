package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import java.util.List;

/** The tensor names of Llama, which many families took over. */
final class LlamaTensors {
    static final String PREFIX = "model.";
    static final String OUTPUT = "lm_head.weight";
    private static final String EMBEDDING = "model.embed_tokens.weight";

    private LlamaTensors() {}

    /** Where a weight of a plain Llama-like decoder stands. */
    static List<TensorLocation> locate(WeightName name, Architecture architecture) {
        boolean tied =
                architecture.head().unembedding().filter(UnembeddingSpec::tied).isPresent();
        String layer = layer(name);
        return List.of(
                switch (name.point()) {
                    case W_E -> TensorLocation.of(EMBEDDING);
                    case W_U -> TensorLocation.of(tied ? EMBEDDING : OUTPUT);
                    case FINAL_LN_W -> TensorLocation.of("model.norm.weight");
                    case FINAL_LN_B -> TensorLocation.of("model.norm.bias");
                    case LN1_W -> TensorLocation.of(layer + "input_layernorm.weight");
                    case LN1_B -> TensorLocation.of(layer + "input_layernorm.bias");
                    case LN2_W -> TensorLocation.of(layer + "post_attention_layernorm.weight");
                    case LN2_B -> TensorLocation.of(layer + "post_attention_layernorm.bias");
                    case W_Q -> TensorLocation.of(layer + "self_attn.q_proj.weight");
                    case B_Q -> TensorLocation.of(layer + "self_attn.q_proj.bias");
                    case W_K -> TensorLocation.of(layer + "self_attn.k_proj.weight");
                    case B_K -> TensorLocation.of(layer + "self_attn.k_proj.bias");
                    case W_V -> TensorLocation.of(layer + "self_attn.v_proj.weight");
                    case B_V -> TensorLocation.of(layer + "self_attn.v_proj.bias");
                    case W_O -> TensorLocation.of(layer + "self_attn.o_proj.weight");
                    case B_O -> TensorLocation.of(layer + "self_attn.o_proj.bias");
                    case W_GATE -> TensorLocation.of(layer + "mlp.gate_proj.weight");
                    case B_GATE -> TensorLocation.of(layer + "mlp.gate_proj.bias");
                    case W_IN -> TensorLocation.of(layer + "mlp.up_proj.weight");
                    case B_IN -> TensorLocation.of(layer + "mlp.up_proj.bias");
                    case W_OUT -> TensorLocation.of(layer + "mlp.down_proj.weight");
                    case B_OUT -> TensorLocation.of(layer + "mlp.down_proj.bias");
                    default -> throw new IllegalArgumentException("no such weight in this family: " + name);
                });
    }

    /** What stands before the names of a block's tensors. */
    static String layer(WeightName name) {
        return "model.layers." + name.block().orElse(0) + ".";
    }
}
