package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.model.family.ModelFamilies;

/** Opens whatever an experiment can name as its model. */
public final class Checkpoints {

    private final ModelSources sources;
    private final ModelFamilies families;

    /**
     * Takes what is known.
     *
     * @param sources  where named models come from
     * @param families which tensors a model with random weights has
     */
    public Checkpoints(ModelSources sources, ModelFamilies families) {
        this.sources = sources;
        this.families = families;
    }

    /** Returns one that knows what comes with the framework. */
    public static Checkpoints builtIn() {
        return new Checkpoints(ModelSources.builtIn(), ModelFamilies.builtIn());
    }

    /**
     * Opens a model. Touches no native library and reads no weights; a built-in model is unpacked the first time.
     *
     * @return owned by the caller, who closes it
     * @throws io.arrakis.api.problem.ArrakisException with {@code UNKNOWN-MODEL}, {@code FILE-MISSING}, {@code MODEL-CONFIG}
     *     or {@code MODEL-FILE}
     */
    public Checkpoint open(ModelSpec spec, ModelContext context) {
        if (spec instanceof ModelSpec.Named named) {
            return sources.open(named.reference(), context);
        }
        if (spec instanceof ModelSpec.RandomLike random) {
            return RandomCheckpoint.like(sources.open(random.like(), context), random.seed(), families);
        }
        ModelSpec.RandomConfig random = (ModelSpec.RandomConfig) spec;
        return RandomCheckpoint.of(context.base().resolve(random.config()), random.seed(), families);
    }
}
