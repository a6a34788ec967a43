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

/** Gemma: scaled embeddings, norms whose stored weight is one less, tanh GELU gates. */
public final class GemmaFamily implements ModelFamily {
    private static final DecoderReading.Absent ABSENT =
            new DecoderReading.Absent(8192, OptionalInt.of(16), OptionalInt.of(256));

    @Override
    public Set<String> modelTypes() {
        return Set.of("gemma");
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
        RotarySpec rotary = RotaryReading.wholeHead(config, dims);
        return new Architecture(
                dims,
                EmbeddingSpec.scaled(Math.sqrt(dims.dModel())),
                new BlockSpec(BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, bias, bias, Optional.empty(), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims, DecoderReading.usualScale(dims), DecoderReading.noWindow(), Optional.of(rotary)),
                new MlpSpec(activation(config), true, false),
                DecoderReading.head(config, tensors, norm, true, LlamaTensors.OUTPUT));
    }

    /** The first files say {@code gelu} and mean the tanh form; {@code hidden_activation}, where it stands, is meant as it is. */
    private static ActivationFunction activation(ModelConfig config) {
        ActivationFunction old = ConfigReading.activation(config, "hidden_act", ActivationFunction.GELU_PYTORCH_TANH);
        ActivationFunction meant = old == ActivationFunction.GELU ? ActivationFunction.GELU_PYTORCH_TANH : old;
        return ConfigReading.activation(config, "hidden_activation", meant);
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        return LlamaTensors.locate(name, architecture);
    }
}
