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
import io.arrakis.api.model.WeightName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Phi-3: Llama with queries, keys and values in one tensor, gate and up projection in another. */
public final class Phi3Family implements ModelFamily {
    @Override
    public Set<String> modelTypes() {
        return Set.of("phi3");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.dimensions(config, DecoderReading.Absent.usual(4096));
        NormSpec norm = NormSpec.rmsNorm(ConfigReading.number(config, "rms_norm_eps", 1e-5));
        OptionalInt window = ConfigReading.window(config, "sliding_window", config.integer("sliding_window"));
        ConfigReading.requireNumber(config, "interpolate_factor", 1);
        ConfigReading.requireNumber(config, "full_attn_mod", 1);
        RotarySpec rotary = RotaryReading.phi3(config, dims);
        return new Architecture(
                dims,
                EmbeddingSpec.tokensOnly(),
                new BlockSpec(BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, false, false, Optional.empty(), OptionalDouble.empty()),
                DecoderReading.layers(dims, DecoderReading.usualScale(dims), index -> window, Optional.of(rotary)),
                new MlpSpec(ConfigReading.activation(config, "hidden_act", ActivationFunction.SILU), true, false),
                DecoderReading.head(config, tensors, norm, false, LlamaTensors.OUTPUT));
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        Dimensions dims = architecture.dims();
        int queries = dims.nHeads() * dims.dHead();
        int keys = dims.nKeyValueHeads() * dims.dHead();
        TensorLocation attention = TensorLocation.of(LlamaTensors.layer(name) + "self_attn.qkv_proj.weight");
        TensorLocation mlp = TensorLocation.of(LlamaTensors.layer(name) + "mlp.gate_up_proj.weight");
        return switch (name.point()) {
            case W_Q -> List.of(attention.rows(TensorLocation.Rows.range(0, queries)));
            case W_K -> List.of(attention.rows(TensorLocation.Rows.range(queries, keys)));
            case W_V -> List.of(attention.rows(TensorLocation.Rows.range(queries + keys, keys)));
            case W_GATE -> List.of(mlp.rows(TensorLocation.Rows.range(0, dims.dMlp())));
            case W_IN -> List.of(mlp.rows(TensorLocation.Rows.range(dims.dMlp(), dims.dMlp())));
            default -> LlamaTensors.locate(name, architecture);
        };
    }
}
