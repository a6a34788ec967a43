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
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** StableLM: layer norms, rotary positions on part of each head, optionally parallel attention and MLP. */
public final class StableLmFamily implements ModelFamily {
    private static final DecoderReading.Absent ABSENT =
            new DecoderReading.Absent(4096, OptionalInt.of(32), OptionalInt.empty());

    @Override
    public Set<String> modelTypes() {
        return Set.of("stablelm");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        Dimensions dims = DecoderReading.evenDimensions(config, ABSENT);
        NormSpec norm = NormSpec.layerNorm(ConfigReading.number(config, "layer_norm_eps", 1e-5));
        boolean parallel = config.flag("use_parallel_residual", false);
        RotarySpec rotary = RotaryReading.partOfHead(config, dims, "rope_theta", "partial_rotary_factor", 0.25);
        return new Architecture(
                dims,
                EmbeddingSpec.tokensOnly(),
                new BlockSpec(parallel ? BlockForm.PARALLEL_SHARED_NORM : BlockForm.PRE_NORM, norm),
                new AttentionSpec(
                        true, config.flag("use_qkv_bias", false), false, qkNorm(config, norm), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims, DecoderReading.usualScale(dims), DecoderReading.noWindow(), Optional.of(rotary)),
                new MlpSpec(ConfigReading.activation(config, "hidden_act", ActivationFunction.SILU), true, false),
                DecoderReading.head(config, tensors, norm, false, LlamaTensors.OUTPUT));
    }

    private static Optional<QkNormSpec> qkNorm(ModelConfig config, NormSpec norm) {
        if (!config.flag("qk_layernorm", false)) {
            return Optional.empty();
        }
        NormSpec withoutBias = new NormSpec(norm.kind(), norm.epsilon(), false, false);
        return Optional.of(new QkNormSpec(withoutBias, QkNormSpec.Span.PER_HEAD_OWN));
    }

    private static List<TensorLocation> ownOfHeads(String path, int heads) {
        return IntStream.range(0, heads)
                .mapToObj(head -> TensorLocation.of(path + ".norms." + head + ".weight"))
                .toList();
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        String attention = LlamaTensors.layer(name) + "self_attn.";
        return switch (name.point()) {
            case Q_NORM_W ->
                ownOfHeads(attention + "q_layernorm", architecture.dims().nHeads());
            case K_NORM_W ->
                ownOfHeads(attention + "k_layernorm", architecture.dims().nKeyValueHeads());
            default -> LlamaTensors.locate(name, architecture);
        };
    }
}
