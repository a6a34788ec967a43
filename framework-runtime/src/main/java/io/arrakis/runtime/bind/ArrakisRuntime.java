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
import io.arrakis.runtime.report.SweepReport;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.ExperimentRunner;
import io.arrakis.runtime.run.OperationChecks;
import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.run.RunOutcome;
import io.arrakis.runtime.run.RunRequest;
import io.arrakis.runtime.run.RunServices;
import io.arrakis.runtime.spec.Checked;
import io.arrakis.runtime.spec.CheckedSweep;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.runtime.spec.ModelLookup;
import io.arrakis.runtime.spec.SweepExperiment;
import io.arrakis.runtime.spec.SweepTrial;
import io.arrakis.runtime.spec.Vocabulary;
import io.arrakis.runtime.sweep.InProcess;
import io.arrakis.runtime.sweep.SweepDirectory;
import io.arrakis.runtime.sweep.SweepListener;
import io.arrakis.runtime.sweep.SweepOutcome;
import io.arrakis.runtime.sweep.SweepPlan;
import io.arrakis.runtime.sweep.SweepRequest;
import io.arrakis.runtime.sweep.SweepRunner;
import io.arrakis.runtime.sweep.TrialExecutor;
import io.arrakis.runtime.sweep.WorkerLoop;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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

    /**
     * Reads an experiment with a sweep, and says all that is wrong with it and with any of its trials.
     *
     * <p>As {@link #check}; a model or data set that several trials name is looked at once.
     */
    public CheckedSweep checkSweep(ExperimentReader.Request request) {
        CheckedSweep read = new ExperimentReader(vocabulary, remembering(new HashMap<>())).readSweep(request);
        Set<Problem> problems = new LinkedHashSet<>(read.problems());
        OperationChecks checks = new OperationChecks(operations::operation);
        List<SweepTrial> trials = read.partial().map(SweepExperiment::trials).orElse(List.of());
        Map<OpenCheckpoints.Key, List<SweepTrial>> byModel = trials.stream()
                .collect(Collectors.groupingBy(
                        trial -> OpenCheckpoints.Key.of(trial.experiment()), LinkedHashMap::new, Collectors.toList()));
        try (OpenCheckpoints open = new OpenCheckpoints(checkpoints, settings.cacheDirectory(), families)) {
            byModel.values()
                    .forEach(group -> group.forEach(trial -> problems.addAll(open.check(checks, trial.experiment()))));
        }
        return new CheckedSweep(read.partial(), List.copyOf(problems));
    }

    private Optional<ModelDescription> described(ModelSpec model, Path base) {
        return Optional.of(describe(model, base));
    }

    private List<Problem> checkOperations(Experiment experiment) {
        try (OpenCheckpoints open = new OpenCheckpoints(checkpoints, settings.cacheDirectory(), families)) {
            return open.check(new OperationChecks(operations::operation), experiment);
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
        return new ExperimentRunner(services(listener, cancellation), Report::write).run(request);
    }

    /**
     * Runs what of a sweep is not done, and leaves a report of all of it.
     *
     * @param executor     runs the trials
     * @param listener     is told how it goes on
     * @param cancellation stops it
     * @throws ArrakisException if the directory of the sweep cannot be written
     */
    public SweepOutcome sweep(
            SweepRequest request, TrialExecutor executor, SweepListener listener, Cancellation cancellation) {
        SweepOutcome outcome =
                new SweepRunner(services(RunListener.SILENT, cancellation), executor, listener).run(request);
        SweepReport.write(outcome.directory().path());
        return outcome;
    }

    /**
     * Runs trials of a sweep that another process hands out, until the input ends.
     *
     * @param sweep   directory of the sweep
     * @param input   a trial a line
     * @param answers takes each line of answers, and sends it at once
     */
    public void work(Path sweep, InputStream input, Consumer<String> answers, Cancellation cancellation) {
        ExperimentReader reader = new ExperimentReader(vocabulary, remembering(new HashMap<>()));
        Path like = sweep.resolve("experiment.yaml");
        BiFunction<String, Path, Experiment> read = (yaml, file) -> reader.readResolved(yaml, file, like);
        new WorkerLoop(new SweepDirectory(sweep), services(RunListener.SILENT, cancellation), read, answers).run(input);
    }

    private ModelLookup remembering(Map<List<Object>, ModelDescription> models) {
        return (model, base) ->
                Optional.of(models.computeIfAbsent(List.of(model, base), unused -> describe(model, base)));
    }

    /** Says what a sweep would do; runs no pass and writes nothing. */
    public SweepPlan plan(SweepRequest request, SweepListener listener) {
        RunServices services = services(RunListener.SILENT, new Cancellation());
        return new SweepRunner(services, new InProcess(), listener).plan(request);
    }

    private RunServices services(RunListener listener, Cancellation cancellation) {
        return new RunServices(
                this::open,
                operations::operation,
                cache,
                MachineInventory::take,
                Nd4jLinearAlgebra::new,
                listener,
                cancellation);
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
