package io.arrakis.runtime.model.family;

import static io.arrakis.runtime.model.family.ConfigReading.integer;
import static io.arrakis.runtime.model.family.ConfigReading.number;

import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.BlockForm;
import io.arrakis.api.model.BlockSpec;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.EmbeddingSpec;
import io.arrakis.api.model.HeadSpec;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** BERT: an encoder, or a decoder of the same form, with learned positions, token types, and norms after each addition. */
public final class BertFamily implements ModelFamily {
    private static final Pattern UNREAD = Pattern.compile("(?:cls|linear)\\..*");
    private static final String OUTPUT = "cls.predictions.decoder.weight";

    /** Keys of old files about a pooling that no program has. */
    private static final List<String> POOLING = List.of(
            "directionality",
            "pooler_fc_size",
            "pooler_num_attention_heads",
            "pooler_num_fc_layers",
            "pooler_size_per_head",
            "pooler_type");

    @Override
    public Set<String> modelTypes() {
        return Set.of("bert");
    }

    @Override
    public String prefix() {
        return "bert.";
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        ConfigReading.requireText(config, "position_embedding_type", "absolute");
        config.ignore(POOLING);
        PositionTable positions = new PositionTable(integer(config, "max_position_embeddings", 512), 0);
        return encoder(config, positions, integer(config, "type_vocab_size", 2), 30_522, head(config, tensors));
    }

    /** What BERT and RoBERTa have in common. As a decoder, a position sees no later one. */
    static Architecture encoder(
            ModelConfig config, PositionTable positions, int tokenTypes, int dVocab, HeadSpec head) {
        ConfigReading.requireFalse(
                config,
                "add_cross_attention",
                ": such blocks attend to the outputs of another model, which there is none of here");
        int nLayers = integer(config, "num_hidden_layers", 12);
        int dModel = integer(config, "hidden_size", 768);
        int nHeads = integer(config, "num_attention_heads", 12);
        int dHead = ConfigReading.headWidth(config, dModel, nHeads);
        NormSpec norm = norm(config);
        return new Architecture(
                new Dimensions(
                        nLayers,
                        dModel,
                        nHeads,
                        nHeads,
                        dHead,
                        integer(config, "intermediate_size", 3072),
                        integer(config, "vocab_size", dVocab),
                        positions.rows() - positions.offset()),
                new EmbeddingSpec(1, Optional.of(positions), tokenTypes, Optional.of(norm)),
                new BlockSpec(BlockForm.STREAM_POST_NORM, norm),
                new AttentionSpec(
                        config.flag("is_decoder", false), true, true, Optional.empty(), OptionalDouble.empty()),
                Collections.nCopies(
                        nLayers, new LayerSpec(1 / Math.sqrt(dHead), OptionalInt.empty(), Optional.empty())),
                new MlpSpec(activation(config), false, true),
                head);
    }

    private static HeadSpec head(ModelConfig config, TensorCatalog tensors) {
        boolean tied = DecoderReading.unembedding(config, tensors, true, OUTPUT).orElse(false);
        ActivationFunction transform = activation(config);
        boolean masked = tensors.contains("cls.predictions.transform.dense.weight");
        boolean pooler = tensors.contains("bert.pooler.dense.weight");
        return new HeadSpec(
                masked ? Optional.of(norm(config)) : Optional.empty(),
                masked
                        ? Optional.of(
                                new UnembeddingSpec(tied, true, 1, OptionalDouble.empty(), Optional.of(transform)))
                        : Optional.empty(),
                pooler,
                pooler && tensors.contains("cls.seq_relationship.weight"));
    }

    /** The norm of all places. */
    static NormSpec norm(ModelConfig config) {
        return NormSpec.layerNorm(number(config, "layer_norm_eps", 1e-12));
    }

    private static ActivationFunction activation(ModelConfig config) {
        return ConfigReading.activation(config, "hidden_act", ActivationFunction.GELU);
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        boolean tied =
                architecture.head().unembedding().filter(UnembeddingSpec::tied).isPresent();
        return List.of(
                switch (name.point()) {
                    case MLM_W -> TensorLocation.of("cls.predictions.transform.dense.weight");
                    case MLM_B -> TensorLocation.of("cls.predictions.transform.dense.bias");
                    case FINAL_LN_W -> normWeight("cls.predictions.transform.LayerNorm");
                    case FINAL_LN_B -> normBias("cls.predictions.transform.LayerNorm");
                    case W_U ->
                        tied ? TensorLocation.of("bert.embeddings.word_embeddings.weight") : TensorLocation.of(OUTPUT);
                    case B_U -> TensorLocation.of("cls.predictions.decoder.bias", "cls.predictions.bias");
                    case NSP_W -> TensorLocation.of("cls.seq_relationship.weight");
                    case NSP_B -> TensorLocation.of("cls.seq_relationship.bias");
                    default -> encoderTensor(name, prefix());
                });
    }

    /** The tensors that BERT and RoBERTa have in common. */
    static TensorLocation encoderTensor(WeightName name, String prefix) {
        String layer = prefix + "encoder.layer." + name.block().orElse(0) + ".";
        return switch (name.point()) {
            case W_E -> TensorLocation.of(prefix + "embeddings.word_embeddings.weight");
            case W_POS -> TensorLocation.of(prefix + "embeddings.position_embeddings.weight");
            case W_TOKEN_TYPE -> TensorLocation.of(prefix + "embeddings.token_type_embeddings.weight");
            case EMBED_LN_W -> normWeight(prefix + "embeddings.LayerNorm");
            case EMBED_LN_B -> normBias(prefix + "embeddings.LayerNorm");
            case W_Q -> TensorLocation.of(layer + "attention.self.query.weight");
            case B_Q -> TensorLocation.of(layer + "attention.self.query.bias");
            case W_K -> TensorLocation.of(layer + "attention.self.key.weight");
            case B_K -> TensorLocation.of(layer + "attention.self.key.bias");
            case W_V -> TensorLocation.of(layer + "attention.self.value.weight");
            case B_V -> TensorLocation.of(layer + "attention.self.value.bias");
            case W_O -> TensorLocation.of(layer + "attention.output.dense.weight");
            case B_O -> TensorLocation.of(layer + "attention.output.dense.bias");
            case LN1_W -> normWeight(layer + "attention.output.LayerNorm");
            case LN1_B -> normBias(layer + "attention.output.LayerNorm");
            case W_IN -> TensorLocation.of(layer + "intermediate.dense.weight");
            case B_IN -> TensorLocation.of(layer + "intermediate.dense.bias");
            case W_OUT -> TensorLocation.of(layer + "output.dense.weight");
            case B_OUT -> TensorLocation.of(layer + "output.dense.bias");
            case LN2_W -> normWeight(layer + "output.LayerNorm");
            case LN2_B -> normBias(layer + "output.LayerNorm");
            case POOLER_W -> TensorLocation.of(prefix + "pooler.dense.weight");
            case POOLER_B -> TensorLocation.of(prefix + "pooler.dense.bias");
            default -> throw new IllegalArgumentException("no such weight in an encoder: " + name);
        };
    }

    private static TensorLocation normWeight(String path) {
        return TensorLocation.of(path + ".weight", path + ".gamma");
    }

    private static TensorLocation normBias(String path) {
        return TensorLocation.of(path + ".bias", path + ".beta");
    }

    /** Heads of training and of other tasks, which not every file holds whole. */
    @Override
    public boolean mayLeaveUnread(String tensor) {
        return UNREAD.matcher(tensor).matches();
    }
}
