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
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Qwen2: Llama with biases on queries, keys and values, and windows in late blocks where they are switched on. */
public final class Qwen2Family implements ModelFamily {
    private static final DecoderReading.Absent ABSENT =
            new DecoderReading.Absent(32_768, OptionalInt.of(32), OptionalInt.empty());

    @Override
    public Set<String> modelTypes() {
        return Set.of("qwen2");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.dimensions(config, ABSENT);
        NormSpec norm = NormSpec.rmsNorm(ConfigReading.number(config, "rms_norm_eps", 1e-6));
        RotarySpec rotary = RotaryReading.wholeHead(config, dims);
        return new Architecture(
                dims,
                EmbeddingSpec.tokensOnly(),
                new BlockSpec(BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, true, false, Optional.empty(), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims, DecoderReading.usualScale(dims), windows(config, dims.nLayers()), Optional.of(rotary)),
                new MlpSpec(ConfigReading.activation(config, "hidden_act", ActivationFunction.SILU), true, false),
                DecoderReading.head(config, tensors, norm, false, LlamaTensors.OUTPUT));
    }

    /** The windows of Qwen2 and Qwen3. */
    static IntFunction<OptionalInt> windows(ModelConfig config, int nLayers) {
        int full = ConfigReading.integer(config, "max_window_layers", 28);
        OptionalInt written = ConfigReading.unlessNull(config, "sliding_window", 4096);
        OptionalInt window = config.flag("use_sliding_window", false) ? written : OptionalInt.empty();
        IntPredicate sliding = LayerTypes.sliding(config, nLayers, index -> window.isPresent() && index >= full);
        return LayerTypes.windows(config, nLayers, sliding, window);
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        return LlamaTensors.locate(name, architecture);
    }
}
