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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Qwen3: Llama with norms of queries and keys, and windows in late blocks where they are switched on. */
public final class Qwen3Family implements ModelFamily {
    private static final DecoderReading.Absent ABSENT =
            new DecoderReading.Absent(32_768, OptionalInt.of(32), OptionalInt.of(128));

    @Override
    public Set<String> modelTypes() {
        return Set.of("qwen3");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.dimensions(config, ABSENT);
        NormSpec norm = NormSpec.rmsNorm(ConfigReading.number(config, "rms_norm_eps", 1e-6));
        boolean bias = config.flag("attention_bias", false);
        QkNormSpec qkNorm = new QkNormSpec(norm, QkNormSpec.Span.PER_HEAD_SHARED);
        RotarySpec rotary = RotaryReading.wholeHead(config, dims);
        return new Architecture(
                dims,
                EmbeddingSpec.tokensOnly(),
                new BlockSpec(BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, bias, bias, Optional.of(qkNorm), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims,
                        DecoderReading.usualScale(dims),
                        Qwen2Family.windows(config, dims.nLayers()),
                        Optional.of(rotary)),
                new MlpSpec(ConfigReading.activation(config, "hidden_act", ActivationFunction.SILU), true, false),
                DecoderReading.head(config, tensors, norm, false, LlamaTensors.OUTPUT));
    }

    /** One tensor that several heads share. */
    static List<TensorLocation> sharedByHeads(String tensor, int heads) {
        return Collections.nCopies(heads, TensorLocation.of(tensor));
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        String attention = LlamaTensors.layer(name) + "self_attn.";
        return switch (name.point()) {
            case Q_NORM_W ->
                sharedByHeads(attention + "q_norm.weight", architecture.dims().nHeads());
            case K_NORM_W ->
                sharedByHeads(attention + "k_norm.weight", architecture.dims().nKeyValueHeads());
            default -> LlamaTensors.locate(name, architecture);
        };
    }
}
