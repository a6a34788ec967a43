package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.BlockForm;
import io.arrakis.api.model.BlockSpec;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.EmbeddingSpec;
import io.arrakis.api.model.LayerSpec;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Gemma 3, the text model: Gemma 2 with norms of queries and keys, and other rotary positions where blocks slide. */
public final class Gemma3Family implements ModelFamily {
    private static final DecoderReading.Absent ABSENT =
            new DecoderReading.Absent(131_072, OptionalInt.of(4), OptionalInt.of(256));

    @Override
    public Set<String> modelTypes() {
        return Set.of("gemma3_text");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        return text(config, DecoderReading.dimensions(config, ABSENT), tensors, config, LlamaTensors.OUTPUT);
    }

    /**
     * The text model.
     *
     * @param config  what is said of it
     * @param tying   says whether the unembedding is the token embedding
     * @param outputs names of the unembedding
     */
    static Architecture text(
            ModelConfig config, Dimensions dims, TensorCatalog tensors, ModelConfig tying, String... outputs) {
        NormSpec norm = GemmaReading.norm(config);
        boolean bias = config.flag("attention_bias", false);
        boolean causal = !config.flag("use_bidirectional_attention", false);
        QkNormSpec qkNorm = new QkNormSpec(norm, QkNormSpec.Span.PER_HEAD_SHARED);
        // The reference implementation has this key and does not use it.
        config.ignore(List.of("attn_logit_softcapping"));
        OptionalDouble logitCap = config.number("final_logit_softcapping");
        return new Architecture(
                dims,
                EmbeddingSpec.scaled(Math.sqrt(dims.dModel())),
                new BlockSpec(BlockForm.PRE_AND_POST_NORM, norm),
                new AttentionSpec(causal, bias, bias, Optional.of(qkNorm), OptionalDouble.empty()),
                layers(config, dims, causal),
                new MlpSpec(GemmaReading.activation(config), true, false),
                GemmaReading.head(tying, tensors, norm, logitCap, outputs));
    }

    private static List<LayerSpec> layers(ModelConfig config, Dimensions dims, boolean causal) {
        // The reference implementation writes this key and does not read it.
        config.ignore(List.of("_sliding_window_pattern"));
        int pattern = ConfigReading.integer(config, "sliding_window_pattern", 6);
        IntPredicate sliding = LayerTypes.sliding(config, dims.nLayers(), index -> (index + 1) % pattern != 0);
        IntFunction<OptionalInt> windows = LayerTypes.windows(config, dims.nLayers(), sliding, window(config, causal));
        RotarySpec local = rotary(config, dims, "sliding_attention", "rope_local_base_freq", 10_000);
        RotarySpec global = rotary(config, dims, "full_attention", "rope_theta", 1_000_000);
        double scale = GemmaReading.scoreScale(config);
        return IntStream.range(0, dims.nLayers())
                .mapToObj(index ->
                        new LayerSpec(scale, windows.apply(index), Optional.of(sliding.test(index) ? local : global)))
                .toList();
    }

    /** Where both sides are seen, files give the width of both together. */
    private static OptionalInt window(ModelConfig config, boolean causal) {
        OptionalInt window = ConfigReading.unlessNull(config, "sliding_window", 4096);
        return causal || window.isEmpty() ? window : OptionalInt.of(window.getAsInt() / 2 + 1);
    }

    /** New files have an object for each type of block; old ones two bases, and a scaling that is meant for full blocks. */
    private static RotarySpec rotary(
            ModelConfig config, Dimensions dims, String type, String baseKey, double baseElse) {
        Optional<ModelConfig> old = type.equals("full_attention") ? config.object("rope_scaling") : Optional.empty();
        Optional<ModelConfig> parameters = RotaryReading.agreed(
                config, old, config.object("rope_parameters").flatMap(object -> object.object(type)), baseKey);
        ModelConfig found = parameters.orElseGet(() -> new ModelConfig(config.origin(), Map.of()));
        return RotaryReading.nested(config, found, dims, baseKey, baseElse);
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        String attention = LlamaTensors.layer(name) + "self_attn.";
        return switch (name.point()) {
            case Q_NORM_W ->
                Qwen3Family.sharedByHeads(
                        attention + "q_norm.weight", architecture.dims().nHeads());
            case K_NORM_W ->
                Qwen3Family.sharedByHeads(
                        attention + "k_norm.weight", architecture.dims().nKeyValueHeads());
            default -> GemmaReading.locate(name, architecture);
        };
    }
}
