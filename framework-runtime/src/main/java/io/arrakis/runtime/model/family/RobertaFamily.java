package io.arrakis.runtime.model.family;

import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HeadSpec;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.PositionTable;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** RoBERTa: BERT whose positions start after the padding id, with a head of its own. */
public final class RobertaFamily implements ModelFamily {
    private static final Pattern UNREAD = Pattern.compile("lm_head\\..*");
    private static final String OUTPUT = "lm_head.decoder.weight";

    @Override
    public Set<String> modelTypes() {
        return Set.of("roberta");
    }

    @Override
    public String prefix() {
        return "roberta.";
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        ConfigReading.requireText(config, "position_embedding_type", "absolute");
        int padding = ConfigReading.integer(config, "pad_token_id", 1);
        PositionTable positions =
                new PositionTable(ConfigReading.integer(config, "max_position_embeddings", 512), padding + 1);
        return BertFamily.encoder(
                config, positions, ConfigReading.integer(config, "type_vocab_size", 2), 50_265, head(config, tensors));
    }

    private static HeadSpec head(ModelConfig config, TensorCatalog tensors) {
        boolean masked = tensors.contains("lm_head.dense.weight");
        boolean tied = DecoderReading.unembedding(config, tensors, true, OUTPUT).orElse(false);
        return new HeadSpec(
                masked ? Optional.of(BertFamily.norm(config)) : Optional.empty(),
                masked
                        ? Optional.of(new UnembeddingSpec(
                                tied, true, 1, OptionalDouble.empty(), Optional.of(ActivationFunction.GELU)))
                        : Optional.empty(),
                tensors.contains("roberta.pooler.dense.weight"),
                false);
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        boolean tied =
                architecture.head().unembedding().filter(UnembeddingSpec::tied).isPresent();
        return List.of(
                switch (name.point()) {
                    case MLM_W -> TensorLocation.of("lm_head.dense.weight");
                    case MLM_B -> TensorLocation.of("lm_head.dense.bias");
                    case FINAL_LN_W -> TensorLocation.of("lm_head.layer_norm.weight");
                    case FINAL_LN_B -> TensorLocation.of("lm_head.layer_norm.bias");
                    case W_U -> TensorLocation.of(tied ? prefix() + "embeddings.word_embeddings.weight" : OUTPUT);
                    case B_U -> TensorLocation.of("lm_head.decoder.bias", "lm_head.bias");
                    default -> BertFamily.encoderTensor(name, prefix());
                });
    }

    /** The head of training, which not every file holds whole. */
    @Override
    public boolean mayLeaveUnread(String tensor) {
        return UNREAD.matcher(tensor).matches();
    }
}
