package io.arrakis.runtime.run;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.spec.Experiment;

/** Opens models. */
@FunctionalInterface
public interface ModelOpener {

    /**
     * Opens a model; reads none of its weights and starts no engine.
     *
     * @param experiment what number type, how many threads, and where paths start
     * @param model      which: the experiment's own, or a control of it
     * @param placement  where it will run
     * @throws io.arrakis.api.problem.ArrakisException if there is no such model, or it is damaged
     */
    HookedModel open(Experiment experiment, ModelSpec model, Placement placement);
}
