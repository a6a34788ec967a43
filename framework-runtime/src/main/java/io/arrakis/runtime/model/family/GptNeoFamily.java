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
import io.arrakis.api.model.PositionTable;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** GPT-Neo: learned positions, unscaled attention scores, blocks that see all or only a window. */
public final class GptNeoFamily implements ModelFamily {
    private static final Pattern UNREAD =
            Pattern.compile("(?:transformer\\.)?h\\.\\d+\\.attn\\.attention\\.(?:bias|masked_bias)");
    private static final String GLOBAL = "global";
    private static final String LOCAL = "local";
    private static final int ABSENT_LAYERS = 24;
    private static final String EMBEDDING = "transformer.wte.weight";
    private static final String OUTPUT = "lm_head.weight";

    @Override
    public Set<String> modelTypes() {
        return Set.of("gpt_neo");
    }

    @Override
    public String prefix() {
        return "transformer.";
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        int dModel = ConfigReading.integer(config, "hidden_size", 2048);
        int nHeads = ConfigReading.integer(config, "num_heads", "num_attention_heads", 16);
        int nLayers = ConfigReading.integer(config, "num_layers", "num_hidden_layers", ABSENT_LAYERS);
        int positions = ConfigReading.integer(config, "max_position_embeddings", 2048);
        Dimensions dims = new Dimensions(
                nLayers,
                dModel,
                nHeads,
                nHeads,
                ConfigReading.headWidth(config, dModel, nHeads),
                ConfigReading.integer(config, "intermediate_size", 4 * dModel),
                ConfigReading.integer(config, "vocab_size", 50_257),
                positions);
        NormSpec norm = NormSpec.layerNorm(ConfigReading.number(config, "layer_norm_epsilon", 1e-5));
        List<String> types = attentionTypes(config, nLayers);
        OptionalInt window = ConfigReading.window(
                config, "window_size", OptionalInt.of(ConfigReading.integer(config, "window_size", 256)));
        return new Architecture(
                dims,
                EmbeddingSpec.withPositions(new PositionTable(positions, 0)),
                new BlockSpec(BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, false, true, Optional.empty(), OptionalDouble.empty()),
                DecoderReading.layers(
                        dims,
                        1,
                        index -> types.get(index).equals(LOCAL) ? window : OptionalInt.empty(),
                        Optional.empty()),
                new MlpSpec(
                        ConfigReading.activation(config, "activation_function", ActivationFunction.GELU_NEW),
                        false,
                        true),
                DecoderReading.head(config, tensors, norm, true, OUTPUT));
    }

    /** {@code attention_types} such as {@code [[["global", "local"], 6]]}, else {@code attention_layers} written out. */
    private static List<String> attentionTypes(ModelConfig config, int nLayers) {
        Optional<List<String>> writtenOut = config.texts("attention_layers");
        Optional<List<String>> grouped =
                config.list("attention_types").map(groups -> expanded(config, groups, nLayers));
        if (writtenOut.isPresent() && grouped.isPresent() && !writtenOut.equals(grouped)) {
            throw config.problem("attention_layers", "says something else than attention_types");
        }
        List<String> types = grouped.or(() -> writtenOut).orElseGet(() -> IntStream.range(0, ABSENT_LAYERS)
                .mapToObj(index -> index % 2 == 0 ? GLOBAL : LOCAL)
                .toList());
        if (types.size() != nLayers) {
            throw config.problem("attention_types", "lists " + types.size() + " blocks of " + nLayers);
        }
        for (String type : types) {
            if (!type.equals(GLOBAL) && !type.equals(LOCAL)) {
                throw config.problem("attention_types", "has '" + type + "'; known are global, local");
            }
        }
        return types;
    }

    private static List<String> expanded(ModelConfig config, List<?> groups, int nLayers) {
        List<String> types = new ArrayList<>();
        for (Object group : groups) {
            if (!(group instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof List<?> names
                    && pair.get(1) instanceof Number times)) {
                throw config.problem("attention_types", "must be like [[[\"global\", \"local\"], 6]], not " + groups);
            }
            for (int i = 0; i < times.intValue(); i++) {
                names.forEach(name -> types.add(String.valueOf(name)));
                if (types.size() > nLayers) {
                    throw config.problem(
                            "attention_types", "lists more blocks than the " + nLayers + " that there are");
                }
            }
        }
        return types;
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        boolean tied =
                architecture.head().unembedding().filter(UnembeddingSpec::tied).isPresent();
        String layer = "transformer.h." + name.block().orElse(0) + ".";
        String attention = layer + "attn.attention.";
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
                    case W_Q -> TensorLocation.of(attention + "q_proj.weight");
                    case W_K -> TensorLocation.of(attention + "k_proj.weight");
                    case W_V -> TensorLocation.of(attention + "v_proj.weight");
                    case W_O -> TensorLocation.of(attention + "out_proj.weight");
                    case B_O -> TensorLocation.of(attention + "out_proj.bias");
                    case W_IN -> TensorLocation.of(layer + "mlp.c_fc.weight");
                    case B_IN -> TensorLocation.of(layer + "mlp.c_fc.bias");
                    case W_OUT -> TensorLocation.of(layer + "mlp.c_proj.weight");
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
