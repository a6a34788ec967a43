package io.arrakis.runtime.model.family;

import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HeadSpec;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What Gemma, Gemma 2 and Gemma 3 have in common. */
final class GemmaReading {
    private GemmaReading() {}

    static NormSpec norm(ModelConfig config) {
        return new NormSpec(NormSpec.Kind.RMS_NORM, ConfigReading.number(config, "rms_norm_eps", 1e-6), true, false);
    }

    /**
     * The reference implementation has no one meaning of this flag in Gemma and Gemma 2: eager attention does not read it, and
     * fused attention sees both sides, but not in a batch that has padding.
     */
    static void requireCausal(ModelConfig config) {
        ConfigReading.requireFalse(
                config,
                "use_bidirectional_attention",
                ", which in this family means one thing or another with the kind of attention and with padding, so that"
                        + " no numbers are right");
    }

    /** {@code hidden_activation} counts; an old {@code hidden_act} may stand beside it. */
    static ActivationFunction activation(ModelConfig config) {
        config.ignore(List.of("hidden_act"));
        return ConfigReading.activation(config, "hidden_activation", ActivationFunction.GELU_PYTORCH_TANH);
    }

    static double scoreScale(ModelConfig config) {
        return 1 / Math.sqrt(ConfigReading.number(config, "query_pre_attn_scalar", 256));
    }

    static HeadSpec head(
            ModelConfig config, TensorCatalog tensors, NormSpec norm, OptionalDouble softCap, String... outputs) {
        return HeadSpec.languageModel(
                norm,
                DecoderReading.unembedding(config, tensors, true, outputs)
                        .map(tied -> new UnembeddingSpec(tied, false, 1, softCap, Optional.empty())));
    }

    /** Gemma 2 and 3 have norms on both sides, under names that mean other norms in Llama. */
    static List<TensorLocation> locate(WeightName name, Architecture architecture) {
        String layer = LlamaTensors.layer(name);
        return switch (name.point()) {
            case LN1_POST_W -> List.of(TensorLocation.of(layer + "post_attention_layernorm.weight"));
            case LN2_W -> List.of(TensorLocation.of(layer + "pre_feedforward_layernorm.weight"));
            case LN2_POST_W -> List.of(TensorLocation.of(layer + "post_feedforward_layernorm.weight"));
            default -> LlamaTensors.locate(name, architecture);
        };
    }
}
