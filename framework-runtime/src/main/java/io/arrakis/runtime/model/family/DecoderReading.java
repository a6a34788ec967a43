package io.arrakis.runtime.model.family;

import static io.arrakis.runtime.model.family.ConfigReading.integer;

import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.HeadSpec;
import io.arrakis.api.model.LayerSpec;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.RotarySpec;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.UnembeddingSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Readings of a configuration that decoders share. */
final class DecoderReading {
    private DecoderReading() {}

    /**
     * What the reference implementation takes where a configuration does not say it. The other sizes must be written: their
     * absence is more likely damage.
     *
     * @param nCtx           {@code max_position_embeddings}
     * @param nKeyValueHeads {@code num_key_value_heads}; empty for as many as heads. The value null always means that
     * @param dHead          {@code head_dim}; empty for {@code hidden_size / heads}
     */
    record Absent(int nCtx, OptionalInt nKeyValueHeads, OptionalInt dHead) {
        /** As many heads of keys as of queries, which share the width of the stream. */
        static Absent usual(int nCtx) {
            return new Absent(nCtx, OptionalInt.empty(), OptionalInt.empty());
        }
    }

    /** The sizes of a decoder with the key names that most have. */
    static Dimensions dimensions(ModelConfig config, Absent absent) {
        int dModel = config.requiredInteger("hidden_size");
        int nHeads = config.requiredInteger("num_attention_heads");
        OptionalInt written = config.integer("head_dim");
        int width = written.isPresent()
                ? written.getAsInt()
                : absent.dHead().orElseGet(() -> ConfigReading.headWidth(config, dModel, nHeads));
        OptionalInt keyValueHeads = ConfigReading.unlessNull(
                config, "num_key_value_heads", absent.nKeyValueHeads().orElse(nHeads));
        return new Dimensions(
                config.requiredInteger("num_hidden_layers"),
                dModel,
                nHeads,
                keyValueHeads.orElse(nHeads),
                width,
                config.requiredInteger("intermediate_size"),
                config.requiredInteger("vocab_size"),
                integer(config, "max_position_embeddings", absent.nCtx()));
    }

    /** Sizes of a family whose heads always share the width of the stream; a {@code head_dim} may repeat it. */
    static Dimensions evenDimensions(ModelConfig config, Absent absent) {
        Dimensions dims = dimensions(config, absent);
        if (dims.dHead() * dims.nHeads() != dims.dModel()) {
            throw config.problem(
                    "head_dim",
                    "is " + dims.dHead() + ", but this family splits " + dims.dModel() + " into " + dims.nHeads()
                            + " heads");
        }
        return dims;
    }

    /** Blocks that are all alike but for their windows. */
    static List<LayerSpec> layers(
            Dimensions dims, double scoreScale, IntFunction<OptionalInt> window, Optional<RotarySpec> rotary) {
        return IntStream.range(0, dims.nLayers())
                .mapToObj(index -> new LayerSpec(scoreScale, window.apply(index), rotary))
                .toList();
    }

    /** The usual scale of attention scores, {@code 1 / sqrt(d_head)}. */
    static double usualScale(Dimensions dims) {
        return 1 / Math.sqrt(dims.dHead());
    }

    /** No block has a window. */
    static IntFunction<OptionalInt> noWindow() {
        return index -> OptionalInt.empty();
    }

    /**
     * A norm and an unembedding without bias.
     *
     * @param output   the unembedding's names in the files
     * @param tiedElse whether it is the token embedding where the configuration does not say it
     */
    static HeadSpec head(ModelConfig config, TensorCatalog tensors, NormSpec norm, boolean tiedElse, String... output) {
        return HeadSpec.languageModel(
                norm, unembedding(config, tensors, tiedElse, output).map(UnembeddingSpec::plain));
    }

    /**
     * Whether the unembedding is the token embedding; empty where there is none. A matrix of its own in the files wins over
     * the configuration, as in the reference implementation, which ties only what is missing or equal.
     */
    static Optional<Boolean> unembedding(
            ModelConfig config, TensorCatalog tensors, boolean tiedElse, String... output) {
        boolean tied = config.flag("tie_word_embeddings", tiedElse);
        boolean stored = List.of(output).stream().anyMatch(tensors::stores);
        if (tied && !stored) {
            return Optional.of(true);
        }
        return List.of(output).stream().anyMatch(tensors::contains) ? Optional.of(false) : Optional.empty();
    }
}
