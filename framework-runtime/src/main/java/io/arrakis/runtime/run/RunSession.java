package io.arrakis.runtime.run;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.device.Inventory;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.device.Placements;
import io.arrakis.runtime.plan.TextReader;
import io.arrakis.runtime.spec.DataEntry;
import io.arrakis.runtime.spec.Experiment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the runs of one process share: open models, data sets, their tokens, and what the machine is. Holds each once, however
 * many runs there are. Used by one thread.
 */
public final class RunSession implements AutoCloseable {

    private final RunServices services;
    private final Map<Integer, Inventory> inventories = new HashMap<>();
    private final Map<ModelSettings, ModelPool> models = new LinkedHashMap<>();
    private final Map<Integer, LinearAlgebra> kernels = new HashMap<>();
    private final Map<DataSettings, Dataset> opened = new HashMap<>();
    private final Map<String, Dataset> byContent = new HashMap<>();
    private final Map<TextSettings, TextReader> texts = new HashMap<>();

    private record ModelSettings(Path base, ComputeType dtype, int threads, Placement placement) {}

    private record DataSettings(DataEntry entry, long seed) {}

    private record TextSettings(HookedModel model, Map<String, List<String>> data) {}

    /** Opens nothing yet. */
    public RunSession(RunServices services) {
        this.services = services;
    }

    /** Returns what the runs need of the process. */
    RunServices services() {
        return services;
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

    /** Returns the models of an experiment. */
    ModelPool models(Experiment experiment) {
        Placement placement = placement(experiment);
        ModelSettings settings =
                new ModelSettings(experiment.base(), experiment.dtype(), experiment.threads(), placement);
        return models.computeIfAbsent(
                settings,
                unused -> new ModelPool(
                        experiment.base(), model -> services.models().open(experiment, model, placement)));
    }

    /** Returns the kernels for so many threads. */
    LinearAlgebra linearAlgebra(int threads) {
        return kernels.computeIfAbsent(threads, services.linearAlgebra()::apply);
    }

    /** Returns the data sets of an experiment. */
    DataPool data(Experiment experiment) {
        return new DataPool(experiment.data(), entry -> Failures.opening(entry, () -> open(entry, experiment.seed())));
    }

    /** A data set that does not depend on the seed is held once for all seeds. */
    private Dataset open(DataEntry entry, long seed) {
        DataSettings settings = new DataSettings(entry, seed);
        Dataset known = opened.get(settings);
        if (known == null) {
            Dataset fresh = entry.open(seed);
            known = byContent.merge(entry.name() + " " + fresh.fingerprint(), fresh, (first, again) -> first);
            opened.put(settings, known);
        }
        return known;
    }

    /** Returns what reads the texts of an experiment; experiments with equal data sets and one model share their tokens. */
    TextReader texts(Experiment experiment, DataPool data) {
        HookedModel model = models(experiment).get(experiment.model());
        Map<String, List<String>> content = new HashMap<>();
        for (String name : data.names()) {
            OptionalInt maxTokens = data.maxTokens(name);
            content.put(name, List.of(data.get(name).fingerprint(), maxTokens.toString()));
        }
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
