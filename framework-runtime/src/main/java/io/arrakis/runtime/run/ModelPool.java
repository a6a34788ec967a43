package io.arrakis.runtime.run;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.plan.ModelKey;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.Step;
import java.nio.file.Path;
import java.util.HashSet;
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

    /**
     * Closes every model but some.
     *
     * @return whether there was one to close
     */
    boolean only(Set<ModelSpec> kept) {
        open.forEach((spec, model) -> {
            if (!kept.contains(spec)) {
                model.close();
            }
        });
        return open.keySet().retainAll(kept);
    }

    boolean holds(HookedModel model) {
        return open.containsValue(model);
    }

    ModelKey key(ModelSpec spec) {
        String configuration = get(spec).fingerprint(Set.of(), Set.of());
        return new ModelKey(label(spec), String.join("\n", base.toString(), spec.toString(), configuration));
    }

    /** Returns the models of an experiment: its own, and the controls of it. */
    static Set<ModelSpec> named(Experiment experiment) {
        Set<ModelSpec> named = new HashSet<>();
        named.add(experiment.model());
        for (Step step : experiment.steps().values()) {
            step.controls().randomModel().ifPresent(control -> named.add(random(experiment.model(), control.seed())));
        }
        return named;
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
        only(Set.of());
    }
}
