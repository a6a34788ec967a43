package io.arrakis.runtime.run;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.plan.ModelKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The models of a run, each opened once. */
final class ModelPool implements AutoCloseable {

    private final Path base;
    private final Function<ModelSpec, HookedModel> opener;
    private final Map<ModelSpec, HookedModel> open = new LinkedHashMap<>();

    /**
     * Opens nothing yet.
     *
     * @param base where relative paths start, for names only
     */
    ModelPool(Path base, Function<ModelSpec, HookedModel> opener) {
        this.base = base.toAbsolutePath().normalize();
        this.opener = opener;
    }

    HookedModel get(ModelSpec spec) {
        return open.computeIfAbsent(spec, opener);
    }

    ModelKey key(ModelSpec spec) {
        String configuration = get(spec).fingerprint(Set.of(), Set.of());
        return new ModelKey(label(spec), String.join("\n", base.toString(), spec.toString(), configuration));
    }

    /** Returns the same model with random weights. */
    static ModelSpec random(ModelSpec model, long seed) {
        if (model instanceof ModelSpec.Named named) {
            return new ModelSpec.RandomLike(named.reference(), seed);
        }
        if (model instanceof ModelSpec.RandomLike random) {
            return new ModelSpec.RandomLike(random.like(), seed);
        }
        return new ModelSpec.RandomConfig(((ModelSpec.RandomConfig) model).config(), seed);
    }

    static String label(ModelSpec spec) {
        if (spec instanceof ModelSpec.Named named) {
            return named.reference();
        }
        if (spec instanceof ModelSpec.RandomLike random) {
            return "random like " + random.like() + " (seed " + random.seed() + ")";
        }
        ModelSpec.RandomConfig random = (ModelSpec.RandomConfig) spec;
        return "random from " + random.config() + " (seed " + random.seed() + ")";
    }

    @Override
    public void close() {
        open.values().forEach(HookedModel::close);
        open.clear();
    }
}
