package io.arrakis.runtime.run;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.device.Placement;

/** Opens models. */
@FunctionalInterface
public interface ModelOpener {

    /**
     * Opens a model; reads none of its weights and starts no engine.
     *
     * @param placement where it will run
     * @param threads   threads of one operation
     * @throws io.arrakis.api.problem.ArrakisException if there is no such model, or it is damaged
     */
    HookedModel open(ModelSpec spec, Placement placement, int threads);
}
