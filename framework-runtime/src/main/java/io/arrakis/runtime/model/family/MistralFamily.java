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

/** Mistral: Llama with a sliding window in every block. */
public final class MistralFamily implements ModelFamily {
    private static final DecoderReading.Absent ABSENT =
            new DecoderReading.Absent(131_072, OptionalInt.of(8), OptionalInt.empty());

    @Override
    public Set<String> modelTypes() {
        return Set.of("mistral");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.dimensions(config, ABSENT);
        NormSpec norm = NormSpec.rmsNorm(ConfigReading.number(config, "rms_norm_eps", 1e-6));
        OptionalInt window = ConfigReading.window(
                config, "sliding_window", ConfigReading.unlessNull(config, "sliding_window", 4096));
        RotarySpec rotary = RotaryReading.wholeHead(config, dims);
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
        return LlamaTensors.locate(name, architecture);
    }
}
