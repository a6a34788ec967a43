package io.arrakis.runtime.spec;

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
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.NormSpec;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A model of six blocks, on paper. */
final class SixLayers {

    static final ModelDescription DESCRIPTION = new ModelDescription(
            "six-layers",
            "bert",
            new Architecture(
                    new Dimensions(6, 8, 2, 2, 4, 16, 30, 12),
                    EmbeddingSpec.tokensOnly(),
                    new BlockSpec(BlockForm.PRE_NORM, NormSpec.layerNorm(1e-5)),
                    new AttentionSpec(true, true, true, Optional.empty(), OptionalDouble.empty()),
                    Collections.nCopies(6, new LayerSpec(0.5, OptionalInt.empty(), Optional.empty())),
                    new MlpSpec(ActivationFunction.GELU, false, true),
                    HeadSpec.languageModel(NormSpec.layerNorm(1e-5), Optional.empty())));

    private SixLayers() {}
}
