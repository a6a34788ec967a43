package io.arrakis.runtime.spec;

import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.ModelSpec;
import java.nio.file.Path;
import java.util.Optional;

/** Describes the model of an experiment, so that layers can be held against it before anything is loaded. */
@FunctionalInterface
public interface ModelLookup {

    /** Knows no models: layers are held against nothing. */
    ModelLookup NONE = (model, base) -> Optional.empty();

    /**
     * Describes a model without touching its weights or a native library.
     *
     * @param base the directory that relative paths start from
     * @return nothing where models are not looked at
     * @throws io.arrakis.api.problem.ArrakisException if there is no such model, or it is damaged
     */
    Optional<ModelDescription> describe(ModelSpec model, Path base);
}
