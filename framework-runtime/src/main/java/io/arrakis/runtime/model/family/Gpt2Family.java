package io.arrakis.runtime.model.family;

import io.arrakis.api.model.ActivationFunction;
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
import io.arrakis.api.model.PositionTable;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** GPT-2: learned positions, matrices stored inputs first, queries, keys and values in one tensor. */
public final class Gpt2Family implements ModelFamily {
    private static final Pattern UNREAD = Pattern.compile("(?:transformer\\.)?h\\.\\d+\\.attn\\.(?:bias|masked_bias)");
    private static final String EMBEDDING = "transformer.wte.weight";
    private static final String OUTPUT = "lm_head.weight";

    @Override
    public Set<String> modelTypes() {
        return Set.of("gpt2");
    }

    @Override
    public String prefix() {
        return "transformer.";
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        int dModel = ConfigReading.integer(config, "n_embd", "hidden_size", 768);
        int nHeads = ConfigReading.integer(config, "n_head", "num_attention_heads", 12);
        int nLayers = ConfigReading.integer(config, "n_layer", "num_hidden_layers", 12);
        int positions = ConfigReading.integer(config, "n_positions", "max_position_embeddings", 1024);
        config.ignore(List.of("n_ctx", "n_special", "predict_special_tokens", "reorder_and_upcast_attn"));
        int dHead = ConfigReading.headWidth(config, dModel, nHeads);
        Dimensions dims = new Dimensions(
                nLayers,
                dModel,
                nHeads,
                nHeads,
                dHead,
                ConfigReading.integer(config, "n_inner", 4 * dModel),
                ConfigReading.integer(config, "vocab_size", 50_257),
                positions);
        NormSpec norm = NormSpec.layerNorm(ConfigReading.number(config, "layer_norm_epsilon", 1e-5));
        return new Architecture(
                dims,
                EmbeddingSpec.withPositions(new PositionTable(positions, 0)),
                new BlockSpec(BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, true, true, Optional.empty(), OptionalDouble.empty()),
                layers(config, dims),
                new MlpSpec(
                        ConfigReading.activation(config, "activation_function", ActivationFunction.GELU_NEW),
                        false,
                        true),
                DecoderReading.head(config, tensors, norm, true, OUTPUT));
    }

    private static List<LayerSpec> layers(ModelConfig config, Dimensions dims) {
        double scale = config.flag("scale_attn_weights", true) ? DecoderReading.usualScale(dims) : 1;
        boolean byLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
        return IntStream.range(0, dims.nLayers())
                .mapToObj(index ->
                        new LayerSpec(byLayer ? scale / (index + 1) : scale, OptionalInt.empty(), Optional.empty()))
                .toList();
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        boolean tied =
                architecture.head().unembedding().filter(UnembeddingSpec::tied).isPresent();
        int width = architecture.dims().dModel();
        String layer = "transformer.h." + name.block().orElse(0) + ".";
        TensorLocation attention =
                TensorLocation.of(layer + "attn.c_attn.weight").transposed();
        TensorLocation attentionBias = TensorLocation.of(layer + "attn.c_attn.bias");
        return List.of(
                switch (name.point()) {
                    case W_E -> TensorLocation.of(EMBEDDING);
                    case W_POS -> TensorLocation.of("transformer.wpe.weight");
                    case W_U -> TensorLocation.of(tied ? EMBEDDING : OUTPUT);
                    case FINAL_LN_W -> TensorLocation.of("transformer.ln_f.weight");
                    case FINAL_LN_B -> TensorLocation.of("transformer.ln_f.bias");
                    case LN1_W -> TensorLocation.of(layer + "ln_1.weight");
                    case LN1_B -> TensorLocation.of(layer + "ln_1.bias");
                    case LN2_W -> TensorLocation.of(layer + "ln_2.weight");
                    case LN2_B -> TensorLocation.of(layer + "ln_2.bias");
                    case W_Q -> attention.rows(TensorLocation.Rows.range(0, width));
                    case W_K -> attention.rows(TensorLocation.Rows.range(width, width));
                    case W_V -> attention.rows(TensorLocation.Rows.range(2 * width, width));
                    case B_Q -> attentionBias.rows(TensorLocation.Rows.range(0, width));
                    case B_K -> attentionBias.rows(TensorLocation.Rows.range(width, width));
                    case B_V -> attentionBias.rows(TensorLocation.Rows.range(2 * width, width));
                    case W_O -> TensorLocation.of(layer + "attn.c_proj.weight").transposed();
                    case B_O -> TensorLocation.of(layer + "attn.c_proj.bias");
                    case W_IN -> TensorLocation.of(layer + "mlp.c_fc.weight").transposed();
                    case B_IN -> TensorLocation.of(layer + "mlp.c_fc.bias");
                    case W_OUT -> TensorLocation.of(layer + "mlp.c_proj.weight").transposed();
                    case B_OUT -> TensorLocation.of(layer + "mlp.c_proj.bias");
                    default -> throw new IllegalArgumentException("no such weight in this family: " + name);
                });
    }

    /** Old files hold the causal masks. */
    @Override
    public boolean mayLeaveUnread(String tensor) {
        return UNREAD.matcher(tensor).matches();
    }
}
