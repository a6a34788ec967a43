package io.arrakis.runtime.model.family;

import static io.arrakis.runtime.model.family.ConfigReading.integer;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.WeightName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gemma 3 as it is published with its eyes: the text model in {@code text_config} is read, what belongs to images is left alone.
 * It computes what the whole model computes on texts.
 */
public final class Gemma3VisionFamily implements ModelFamily {
    private static final Pattern UNREAD = Pattern.compile("(?:model\\.)?(?:vision_tower|multi_modal_projector)\\..*");
    private static final Logger LOG = LoggerFactory.getLogger(Gemma3VisionFamily.class);
    private static final List<String> OF_IMAGES = List.of(
            "vision_config",
            "mm_tokens_per_image",
            "boi_token_index",
            "eoi_token_index",
            "image_token_index",
            "boi_token_id",
            "eoi_token_id",
            "image_token_id");
    private static final String INSIDE = "language_model.";

    private final Gemma3Family text = new Gemma3Family();

    @Override
    public Set<String> modelTypes() {
        return Set.of("gemma3");
    }

    @Override
    public String prefix() {
        return LlamaTensors.PREFIX;
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        config.ignore(OF_IMAGES);
        ModelConfig inner = config.object("text_config")
                .orElseThrow(() -> config.problem("text_config", "is missing, and the text model with it"));
        ConfigReading.requireText(inner, "model_type", "gemma3_text");
        inner.ignore(List.of("tie_word_embeddings")); // what stands outside decides
        Architecture architecture = Gemma3Family.text(
                inner, dimensions(inner), tensors, config, LlamaTensors.OUTPUT, INSIDE + LlamaTensors.OUTPUT);
        HarmlessKeys.ignoreIn(inner, architecture);
        LOG.info("{}: the text model is read; what belongs to images is left alone", config.origin());
        return architecture;
    }

    /** Published files leave out what is usual. */
    private static Dimensions dimensions(ModelConfig config) {
        int nHeads = integer(config, "num_attention_heads", 8);
        return new Dimensions(
                integer(config, "num_hidden_layers", 26),
                integer(config, "hidden_size", 2304),
                nHeads,
                ConfigReading.unlessNull(config, "num_key_value_heads", 4).orElse(nHeads),
                integer(config, "head_dim", 256),
                integer(config, "intermediate_size", 9216),
                integer(config, "vocab_size", 262_208),
                integer(config, "max_position_embeddings", 131_072));
    }

    /** The names that are written, then those that the modules have in transformers, which some files use. */
    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        return text.locate(name, architecture).stream()
                .map(location -> new TensorLocation(names(location.names()), location.layout(), location.rows()))
                .toList();
    }

    private static List<String> names(List<String> bare) {
        List<String> names = new ArrayList<>();
        for (String name : bare) {
            String rest = ModelFamilies.withoutPrefix(name, LlamaTensors.PREFIX);
            names.add(INSIDE + name);
            names.add(rest.equals(name) ? name : LlamaTensors.PREFIX + INSIDE + rest);
        }
        return names;
    }

    /** What belongs to images. */
    @Override
    public boolean mayLeaveUnread(String tensor) {
        return UNREAD.matcher(tensor).matches();
    }
}
