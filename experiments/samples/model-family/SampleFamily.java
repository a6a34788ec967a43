package org.example.samples;

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

/**
 * Models whose {@code config.json} says {@code "model_type": "sample_gpt"}: GPT-2 with keys of its own. A family describes what a
 * model computes and where its weights stand; the forward pass, hook points and checks follow from that.
 */
public final class SampleFamily implements ModelFamily {

    private static final double EPSILON = 1e-5;

    /** Called by the service loader. */
    public SampleFamily() {}

    @Override
    public Set<String> modelTypes() {
        return Set.of("sample_gpt");
    }

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
        int width = config.requiredInteger("width");
        int heads = config.requiredInteger("heads");
        int positions = config.requiredInteger("positions");
        Dimensions dims = new Dimensions(
                config.requiredInteger("blocks"),
                width,
                heads,
                heads,
                width / heads,
                config.requiredInteger("neurons"),
                config.requiredInteger("vocab_size"),
                positions);
        NormSpec norm = NormSpec.layerNorm(EPSILON);
        LayerSpec layer = new LayerSpec(1 / Math.sqrt(dims.dHead()), OptionalInt.empty(), Optional.empty());
        return new Architecture(
                dims,
                EmbeddingSpec.withPositions(new PositionTable(positions, 0)),
                new BlockSpec(BlockForm.PRE_NORM, norm),
                new AttentionSpec(true, true, true, Optional.empty(), OptionalDouble.empty()),
                Collections.nCopies(dims.nLayers(), layer),
                new MlpSpec(ActivationFunction.GELU_NEW, false, true),
                HeadSpec.languageModel(norm, Optional.of(UnembeddingSpec.plain(true))));
    }

    @Override
    public List<TensorLocation> locate(WeightName name, Architecture architecture) {
        String block = "h." + name.block().orElse(0) + ".";
        int width = architecture.dims().dModel();
        return List.of(
                switch (name.point()) {
                    case W_E, W_U -> TensorLocation.of("wte.weight");
                    case W_POS -> TensorLocation.of("wpe.weight");
                    case LN1_W -> TensorLocation.of(block + "ln_1.weight");
                    case LN1_B -> TensorLocation.of(block + "ln_1.bias");
                    case LN2_W -> TensorLocation.of(block + "ln_2.weight");
                    case LN2_B -> TensorLocation.of(block + "ln_2.bias");
                    case W_Q -> third(block + "attn.c_attn.weight", 0, width).transposed();
                    case W_K -> third(block + "attn.c_attn.weight", 1, width).transposed();
                    case W_V -> third(block + "attn.c_attn.weight", 2, width).transposed();
                    case B_Q -> third(block + "attn.c_attn.bias", 0, width);
                    case B_K -> third(block + "attn.c_attn.bias", 1, width);
                    case B_V -> third(block + "attn.c_attn.bias", 2, width);
                    case W_O -> TensorLocation.of(block + "attn.c_proj.weight").transposed();
                    case B_O -> TensorLocation.of(block + "attn.c_proj.bias");
                    case W_IN -> TensorLocation.of(block + "mlp.c_fc.weight").transposed();
                    case B_IN -> TensorLocation.of(block + "mlp.c_fc.bias");
                    case W_OUT -> TensorLocation.of(block + "mlp.c_proj.weight").transposed();
                    case B_OUT -> TensorLocation.of(block + "mlp.c_proj.bias");
                    case FINAL_LN_W -> TensorLocation.of("ln_f.weight");
                    case FINAL_LN_B -> TensorLocation.of("ln_f.bias");
                    default -> throw new IllegalArgumentException("no such weight in this family: " + name);
                });
    }

    /** Queries, keys and values stand one after the other in one tensor. */
    private static TensorLocation third(String tensor, int index, int width) {
        return TensorLocation.of(tensor).rows(TensorLocation.Rows.range(index * width, width));
    }
}
