package io.arrakis.runtime.bind;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.cache.ActivationCache;
import io.arrakis.runtime.device.MachineInventory;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import io.arrakis.runtime.model.ComputeOptions;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.runtime.model.source.ModelSources;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.plugin.Provided;
import io.arrakis.runtime.report.Report;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.ExperimentRunner;
import io.arrakis.runtime.run.OperationChecks;
import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.run.RunOutcome;
import io.arrakis.runtime.run.RunRequest;
import io.arrakis.runtime.run.RunServices;
import io.arrakis.runtime.spec.Checked;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.runtime.spec.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runtime of one process: what the class path and the plug-in folders offer, the cache, and what runs experiments. Opening
 * it touches no native library. Safe for use by several threads.
 */
public final class ArrakisRuntime implements AutoCloseable {

    private final RuntimeSettings settings;
    private final PluginCatalog catalog;
    private final Vocabulary vocabulary;
    private final PluginInjectors operations = new PluginInjectors();
    private final ModelFamilies families;
    private final Checkpoints checkpoints;
    private final ActivationCache cache;

    private ArrakisRuntime(RuntimeSettings settings) {
        this.settings = settings;
        this.catalog = PluginCatalog.discover(settings.plugins());
        this.vocabulary = new Vocabulary(catalog);
        this.families = ModelFamilies.builtIn()
                .with(catalog.modelFamilies().values().stream()
                        .filter(provided -> !provided.origin().isBuiltIn())
                        .map(Provided::value)
                        .distinct()
                        .toList());
        this.checkpoints = new Checkpoints(
                new ModelSources(catalog.modelSources().values().stream()
                        .map(Provided::value)
                        .toList()),
                families);
        this.cache = new ActivationCache(settings.activations());
    }

    /** Opens a runtime. */
    public static ArrakisRuntime open(RuntimeSettings settings) {
        return new ArrakisRuntime(settings);
    }

    /** Returns the tools, data sources and models that there are. */
    public PluginCatalog catalog() {
        return catalog;
    }

    /** Returns what experiments can say. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Returns the activation cache. */
    public ActivationCache cache() {
        return cache;
    }

    /**
     * Reads an experiment and says all that is wrong with it, by its form, against its model, and by its operations.
     *
     * <p>Touches no native library unless an operation asks for the tokenizer; reads no weights.
     */
    public Checked check(ExperimentReader.Request request) {
        Checked read = new ExperimentReader(vocabulary, this::described).read(request);
        List<Problem> problems = new ArrayList<>(read.problems());
        read.partial().ifPresent(experiment -> problems.addAll(checkOperations(experiment)));
        return new Checked(read.partial(), problems);
    }

    private Optional<ModelDescription> described(ModelSpec model, Path base) {
        return Optional.of(describe(model, base));
    }

    private List<Problem> checkOperations(Experiment experiment) {
        try (Checkpoint checkpoint = checkpoints.open(experiment.model(), context(experiment.base()))) {
            ModelDescription model = Models.describe(checkpoint, families);
            return new OperationChecks(operations::operation).check(experiment, model, checkpoint::tokenizer);
        } catch (ArrakisException e) {
            return List.of(); // the reader has said what is wrong with the model
        }
    }

    /**
     * Returns what each step of an experiment without errors will read, by its name, as far as that is known before anything
     * runs. Touches no native library unless an operation asks for the tokenizer.
     */
    public Map<String, Requirements> requirements(Experiment experiment) {
        try (Checkpoint checkpoint = checkpoints.open(experiment.model(), context(experiment.base()))) {
            ModelDescription model = Models.describe(checkpoint, families);
            return new OperationChecks(operations::operation).requirements(experiment, model, checkpoint::tokenizer);
        }
    }

    /**
     * Describes a model; reads none of its weights and touches no native library.
     *
     * @param base directory that relative paths start from
     * @throws ArrakisException if there is no such model, or it is damaged
     */
    public ModelDescription describe(ModelSpec model, Path base) {
        try (Checkpoint checkpoint = checkpoints.open(model, context(base))) {
            return Models.describe(checkpoint, families);
        }
    }

    /** Opens a model; reads none of its weights before they are needed. */
    public HookedModel open(ModelSpec model, Path base, ComputeOptions options) {
        return Models.open(checkpoints.open(model, context(base)), families, options);
    }

    private ModelContext context(Path base) {
        return new ModelContext(base, settings.cacheDirectory());
    }

    /**
     * Runs an experiment to its end, and leaves a report in its directory.
     *
     * @param listener     is told how it goes on
     * @param cancellation stops it
     * @throws ArrakisException if nothing could be run; what fails later is in the outcome
     */
    public RunOutcome run(RunRequest request, RunListener listener, Cancellation cancellation) {
        int threads = request.experiment().threads();
        RunServices services = new RunServices(
                this::open,
                operations::operation,
                cache,
                () -> MachineInventory.take(threads),
                Nd4jLinearAlgebra::new,
                listener,
                cancellation);
        return new ExperimentRunner(services, Report::write).run(request);
    }

    private HookedModel open(Experiment experiment, ModelSpec model, Placement placement) {
        ComputeOptions options = new ComputeOptions(experiment.dtype(), placement.forward(), experiment.threads());
        return open(model, experiment.base(), options);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
