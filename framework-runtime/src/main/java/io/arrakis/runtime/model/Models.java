package io.arrakis.runtime.model;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.runtime.model.family.DescribedModel;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.weights.ModelWeights;

/** Opens checkpoints as models. */
public final class Models {
    private Models() {}

    /**
     * What is known of a checkpoint without its weights; touches no native library.
     *
     * @throws io.arrakis.api.problem.ArrakisException with {@code MODEL-CONFIG} if it cannot be understood
     */
    public static ModelDescription describe(Checkpoint checkpoint, ModelFamilies families) {
        return described(checkpoint, families.describe(checkpoint.config(), checkpoint.tensors()));
    }

    /**
     * Opens a checkpoint. No weights are read and no engine is started until the model is first run.
     *
     * @param checkpoint owned by the model from now on, and closed with it
     * @throws io.arrakis.api.problem.ArrakisException with {@code MODEL-CONFIG} if it cannot be understood
     */
    public static HookedModel open(Checkpoint checkpoint, ModelFamilies families, ComputeOptions options) {
        DescribedModel described = families.describe(checkpoint.config(), checkpoint.tensors());
        ModelWeights weights =
                new ModelWeights(checkpoint.name(), checkpoint.tensors(), described.family(), described.architecture());
        return new HookedTransformer(checkpoint, described(checkpoint, described), weights, options);
    }

    private static ModelDescription described(Checkpoint checkpoint, DescribedModel described) {
        return new ModelDescription(checkpoint.name(), described.modelType(), described.architecture());
    }
}
