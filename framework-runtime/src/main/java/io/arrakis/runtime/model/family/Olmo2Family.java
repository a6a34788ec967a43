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
import io.arrakis.api.model.QkNormSpec;
import io.arrakis.api.model.RotarySpec;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.WeightName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** OLMo 2: norms only of what attention and MLP add, and of all query or key heads together. */
public final class Olmo2Family implements ModelFamily {
    @Override
    public Set<String> modelTypes() {
        return Set.of("olmo2");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.dimensions(config, DecoderReading.Absent.usual(2048));
        NormSpec norm = NormSpec.rmsNorm(ConfigReading.number(config, "rms_norm_eps", 1e-5));
        boolean bias = config.flag("attention_bias", false);
        QkNormSpec qkNorm = new QkNormSpec(norm, QkNormSpec.Span.ALL_HEADS);
        RotarySpec rotary = RotaryReading.wholeHead(config, dims);
        return new Architecture(
                dims,
                EmbeddingSpec.tokensOnly(),
                new BlockSpec(BlockForm.BRANCH_POST_NORM, norm),
                new AttentionSpec(true, bias, bias, Optional.of(qkNorm), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims, DecoderReading.usualScale(dims), DecoderReading.noWindow(), Optional.of(rotary)),
                new MlpSpec(ConfigReading.activation(config, "hidden_act", ActivationFunction.SILU), true, false),
                DecoderReading.head(config, tensors, norm, false, LlamaTensors.OUTPUT));
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        String layer = LlamaTensors.layer(name);
        return switch (name.point()) {
            case LN1_POST_W -> List.of(TensorLocation.of(layer + "post_attention_layernorm.weight"));
            case LN2_POST_W -> List.of(TensorLocation.of(layer + "post_feedforward_layernorm.weight"));
            case Q_NORM_W -> List.of(TensorLocation.of(layer + "self_attn.q_norm.weight"));
            case K_NORM_W -> List.of(TensorLocation.of(layer + "self_attn.k_norm.weight"));
            default -> LlamaTensors.locate(name, architecture);
        };
    }
}
