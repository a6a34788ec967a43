package io.arrakis.runtime.model.family;

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
import java.util.function.IntPredicate;

/** Gemma 2: Gemma with norms on both sides of attention and MLP, soft caps, and windows in every other block. */
public final class Gemma2Family implements ModelFamily {
    private static final DecoderReading.Absent ABSENT =
            new DecoderReading.Absent(8192, OptionalInt.of(4), OptionalInt.of(256));

    @Override
    public Set<String> modelTypes() {
        return Set.of("gemma2");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        GemmaReading.requireCausal(config);
        Dimensions dims = DecoderReading.dimensions(config, ABSENT);
        NormSpec norm = GemmaReading.norm(config);
        boolean bias = config.flag("attention_bias", false);
        OptionalDouble scoreCap = ConfigReading.unlessNull(config, "attn_logit_softcapping", 50.0);
        OptionalDouble logitCap = ConfigReading.unlessNull(config, "final_logit_softcapping", 30.0);
        IntPredicate sliding = LayerTypes.sliding(config, dims.nLayers(), index -> index % 2 == 0);
        OptionalInt window = ConfigReading.unlessNull(config, "sliding_window", 4096);
        ConfigReading.requireNumber(config, "sliding_window_size", window.orElse(0));
        RotarySpec rotary = RotaryReading.wholeHead(config, dims);
        return new Architecture(
                dims,
                EmbeddingSpec.scaled(Math.sqrt(dims.dModel())),
                new BlockSpec(BlockForm.PRE_AND_POST_NORM, norm),
                new AttentionSpec(true, bias, bias, Optional.empty(), scoreCap),
                DecoderReading.layers(
                        dims,
                        GemmaReading.scoreScale(config),
                        LayerTypes.windows(config, dims.nLayers(), sliding, window),
                        Optional.of(rotary)),
                new MlpSpec(GemmaReading.activation(config), true, false),
                GemmaReading.head(config, tensors, norm, logitCap, LlamaTensors.OUTPUT));
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        return GemmaReading.locate(name, architecture);
    }
}
