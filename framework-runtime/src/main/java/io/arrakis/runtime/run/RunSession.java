package io.arrakis.runtime.run;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.device.Inventory;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.device.Placements;
import io.arrakis.runtime.natives.FreedMemory;
import io.arrakis.runtime.plan.TextReader;
import io.arrakis.runtime.spec.DataEntry;
import io.arrakis.runtime.spec.Experiment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the runs of one process share: open models, data sets, their tokens, and what the machine is. Holds each once, however
 * many runs there are, and no longer than {@link #only} allows. Used by one thread.
 */
public final class RunSession implements AutoCloseable {

    private final RunServices services;
    private final Map<Integer, Inventory> inventories = new HashMap<>();
    private final Map<ModelSettings, ModelPool> models = new LinkedHashMap<>();
    private final CodeHashes code = new CodeHashes();
    private final Map<Integer, LinearAlgebra> kernels = new HashMap<>();
    private final Map<DataSettings, String> contents = new HashMap<>();
    private final Map<String, Dataset> datasets = new HashMap<>();
    private final Map<TextSettings, TextReader> texts = new HashMap<>();

    private record ModelSettings(Path base, ComputeType dtype, int threads, Placement placement) {}

    private record DataSettings(DataEntry entry, long seed) {}

    private record TextSettings(HookedModel model, Map<String, OptionalInt> maxTokens) {
        Set<String> contents() {
            return maxTokens.keySet();
        }
    }

    /** Opens nothing yet. */
    public RunSession(RunServices services) {
        this.services = services;
    }

    /** Returns what the runs need of the process. */
    RunServices services() {
        return services;
    }

    /** Returns hashes of the code that computes. */
    CodeHashes code() {
        return code;
    }

    /**
     * Returns where an experiment computes.
     *
     * @throws ArrakisException if it asks for a device that is not there
     */
    Placement placement(Experiment experiment) {
        Inventory inventory = inventories.computeIfAbsent(
                experiment.threads(), threads -> services.inventory().apply(threads));
        return Placements.place(inventory, experiment.device());
    }

    /**
     * Closes the models and forgets the data sets, tokens and activations that an experiment does not name, so that what is open
     * does not grow with the number of runs. What is asked for later is opened again.
     */
    void only(Experiment experiment) {
        ModelSettings settings = settings(experiment);
        Set<String> named = new HashSet<>();
        experiment.data().values().forEach(entry -> {
            String content = contents.get(new DataSettings(entry, experiment.seed()));
            if (content != null) {
                named.add(content);
            }
        });
        boolean less = datasets.keySet().retainAll(named);
        for (Map.Entry<ModelSettings, ModelPool> pool : models.entrySet()) {
            Set<ModelSpec> kept = pool.getKey().equals(settings) ? ModelPool.named(experiment) : Set.of();
            less |= pool.getValue().only(kept);
        }
        models.keySet().removeIf(other -> !other.equals(settings));
        if (less) {
            texts.keySet()
                    .removeIf(text -> models.values().stream().noneMatch(pool -> pool.holds(text.model()))
                            || !named.containsAll(text.contents()));
            services.cache().closeAll();
            FreedMemory.giveBack();
        }
    }

    /** Returns the models of an experiment. */
    ModelPool models(Experiment experiment) {
        ModelSettings settings = settings(experiment);
        return models.computeIfAbsent(
                settings,
                unused -> new ModelPool(experiment.base(), model -> open(experiment, model, settings.placement())));
    }

    private HookedModel open(Experiment experiment, ModelSpec model, Placement placement) {
        return Failures.opening(experiment, model, services.cancellation(), () -> services.models()
                .open(experiment, model, placement));
    }

    private ModelSettings settings(Experiment experiment) {
        return new ModelSettings(experiment.base(), experiment.dtype(), experiment.threads(), placement(experiment));
    }

    /** Returns the kernels for so many threads. */
    LinearAlgebra linearAlgebra(int threads) {
        return kernels.computeIfAbsent(threads, services.linearAlgebra()::apply);
    }

    /** Returns the data sets of an experiment. */
    DataPool data(Experiment experiment) {
        return data(experiment, experiment.seed());
    }

    /** Returns the data sets of an experiment as another seed gives them. */
    DataPool data(Experiment experiment, long seed) {
        return new DataPool(
                experiment.data(), entry -> Failures.opening(entry, services.cancellation(), () -> open(entry, seed)));
    }

    /** A data set that does not depend on the seed is held once for all seeds. */
    private Dataset open(DataEntry entry, long seed) {
        DataSettings settings = new DataSettings(entry, seed);
        Dataset known = datasets.get(contents.get(settings));
        if (known == null) {
            Dataset fresh = entry.open(seed);
            String content = content(entry.name(), fresh);
            known = datasets.merge(content, fresh, (first, again) -> first);
            contents.put(settings, content);
        }
        return known;
    }

    private static String content(String name, Dataset data) {
        return name + " " + data.fingerprint();
    }

    /** Returns what reads the texts of an experiment; experiments with equal data sets and one model share their tokens. */
    TextReader texts(Experiment experiment, DataPool data) {
        HookedModel model = models(experiment).get(experiment.model());
        Map<String, OptionalInt> content = new HashMap<>();
        data.names().forEach(name -> content.put(content(name, data.get(name)), data.maxTokens(name)));
        return texts.computeIfAbsent(
                new TextSettings(model, content),
                unused -> new TextReader(
                        model::tokenizer,
                        data::get,
                        data::maxTokens,
                        model.description().architecture().dims().nCtx(),
                        services.cache().directory(),
                        services.cancellation()::check));
    }

    @Override
    public void close() {
        models.values().forEach(ModelPool::close);
    }
}
