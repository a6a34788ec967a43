package io.arrakis.runtime.model.family;

import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.BlockForm;
import io.arrakis.api.model.BlockSpec;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.EmbeddingSpec;
import io.arrakis.api.model.MlpSpec;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.RotarySpec;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** GPT-NeoX and Pythia: parallel attention and MLP, rotary positions on part of each head. */
public final class GptNeoXFamily implements ModelFamily {
    private static final Pattern UNREAD =
            Pattern.compile("(?:gpt_neox\\.)?layers\\.\\d+\\.attention\\.(?:bias|masked_bias)");
    private static final String EMBEDDING = "gpt_neox.embed_in.weight";
    private static final String OUTPUT = "lm_head.weight";
    private static final String OLD_OUTPUT = "embed_out.weight";

    @Override
    public Set<String> modelTypes() {
        return Set.of("gpt_neox");
    }

    @Override
    public String prefix() {
        return "gpt_neox.";
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.evenDimensions(config, DecoderReading.Absent.usual(2048));
        if (dims.nKeyValueHeads() != dims.nHeads()) {
            throw config.problem(
                    "num_key_value_heads", "is " + dims.nKeyValueHeads() + ", but this family shares none");
        }
        NormSpec norm = NormSpec.layerNorm(ConfigReading.number(config, "layer_norm_eps", 1e-5));
        boolean bias = config.flag("attention_bias", true);
        boolean parallel = config.flag("use_parallel_residual", true);
        RotarySpec rotary = RotaryReading.partOfHead(config, dims, "rotary_emb_base", "rotary_pct", 0.25);
        return new Architecture(
                dims,
                EmbeddingSpec.tokensOnly(),
                new BlockSpec(parallel ? BlockForm.PARALLEL : BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, bias, bias, Optional.empty(), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims, DecoderReading.usualScale(dims), DecoderReading.noWindow(), Optional.of(rotary)),
                new MlpSpec(ConfigReading.activation(config, "hidden_act", ActivationFunction.GELU), false, true),
                DecoderReading.head(config, tensors, norm, false, OUTPUT, OLD_OUTPUT));
    }

    /** Queries, keys and values of one head lie side by side, head after head. */
    private static TensorLocation fused(String tensor, int part, Dimensions dims) {
        int width = dims.dHead();
        return TensorLocation.of(tensor).rows(new TensorLocation.Rows(part * width, width, 3 * width, dims.nHeads()));
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        boolean tied =
                architecture.head().unembedding().filter(UnembeddingSpec::tied).isPresent();
        Dimensions dims = architecture.dims();
        String layer = "gpt_neox.layers." + name.block().orElse(0) + ".";
        return List.of(
                switch (name.point()) {
                    case W_E -> TensorLocation.of(EMBEDDING);
                    case W_U -> tied ? TensorLocation.of(EMBEDDING) : TensorLocation.of(OUTPUT, OLD_OUTPUT);
                    case FINAL_LN_W -> TensorLocation.of("gpt_neox.final_layer_norm.weight");
                    case FINAL_LN_B -> TensorLocation.of("gpt_neox.final_layer_norm.bias");
                    case LN1_W -> TensorLocation.of(layer + "input_layernorm.weight");
                    case LN1_B -> TensorLocation.of(layer + "input_layernorm.bias");
                    case LN2_W -> TensorLocation.of(layer + "post_attention_layernorm.weight");
                    case LN2_B -> TensorLocation.of(layer + "post_attention_layernorm.bias");
                    case W_Q -> fused(layer + "attention.query_key_value.weight", 0, dims);
                    case W_K -> fused(layer + "attention.query_key_value.weight", 1, dims);
                    case W_V -> fused(layer + "attention.query_key_value.weight", 2, dims);
                    case B_Q -> fused(layer + "attention.query_key_value.bias", 0, dims);
                    case B_K -> fused(layer + "attention.query_key_value.bias", 1, dims);
                    case B_V -> fused(layer + "attention.query_key_value.bias", 2, dims);
                    case W_O -> TensorLocation.of(layer + "attention.dense.weight");
                    case B_O -> TensorLocation.of(layer + "attention.dense.bias");
                    case W_IN -> TensorLocation.of(layer + "mlp.dense_h_to_4h.weight");
                    case B_IN -> TensorLocation.of(layer + "mlp.dense_h_to_4h.bias");
                    case W_OUT -> TensorLocation.of(layer + "mlp.dense_4h_to_h.weight");
                    case B_OUT -> TensorLocation.of(layer + "mlp.dense_4h_to_h.bias");
                    default -> throw new IllegalArgumentException("no such weight in this family: " + name);
                });
    }

    /** Old files hold the causal masks. */
    @Override
    public boolean mayLeaveUnread(String tensor) {
        return UNREAD.matcher(tensor).matches();
    }
}
