package io.arrakis.runtime.model.family;

import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.BlockForm;
import io.arrakis.api.model.BlockSpec;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.EmbeddingSpec;
import io.arrakis.api.model.HeadSpec;
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

/** Granite: Llama with multipliers of the embedding, the attention scores, what is added, and a divisor of the logits. */
public final class GraniteFamily implements ModelFamily {
    @Override
    public Set<String> modelTypes() {
        return Set.of("granite");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.dimensions(config, DecoderReading.Absent.usual(2048));
        NormSpec norm = NormSpec.rmsNorm(ConfigReading.number(config, "rms_norm_eps", 1e-6));
        boolean bias = config.flag("attention_bias", false);
        RotarySpec rotary = RotaryReading.wholeHead(config, dims);
        return new Architecture(
                dims,
                EmbeddingSpec.scaled(ConfigReading.number(config, "embedding_multiplier", 1)),
                new BlockSpec(BlockForm.PRE_NORM, norm, ConfigReading.number(config, "residual_multiplier", 1)),
                new AttentionSpec(true, bias, bias, Optional.empty(), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims,
                        ConfigReading.number(config, "attention_multiplier", 1),
                        DecoderReading.noWindow(),
                        Optional.of(rotary)),
                new MlpSpec(
                        ConfigReading.activation(config, "hidden_act", ActivationFunction.SILU),
                        true,
                        config.flag("mlp_bias", false)),
                head(config, tensors, norm));
    }

    private static HeadSpec head(ModelConfig config, TensorCatalog tensors, NormSpec norm) {
        double divisor = ConfigReading.number(config, "logits_scaling", 1);
        return HeadSpec.languageModel(
                norm,
                DecoderReading.unembedding(config, tensors, false, LlamaTensors.OUTPUT)
                        .map(tied ->
                                new UnembeddingSpec(tied, false, divisor, OptionalDouble.empty(), Optional.empty())));
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        return LlamaTensors.locate(name, architecture);
    }
}
