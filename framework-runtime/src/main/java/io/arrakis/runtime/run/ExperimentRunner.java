package io.arrakis.runtime.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.device.Placements;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.plan.BatchLayout;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.Step;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs experiments: makes a run directory, runs the steps and their controls, saves what they give, and says in the manifest how
 * it ended. Safe for use by several threads, one run each.
 */
public final class ExperimentRunner {

    private final RunServices services;
    private final LastFiles lastFiles;

    /** Makes a runner that leaves no report. */
    public ExperimentRunner(RunServices services) {
        this(services, LastFiles.NONE);
    }

    /**
     * Makes a runner.
     *
     * @param lastFiles what each run leaves beside its results
     */
    public ExperimentRunner(RunServices services, LastFiles lastFiles) {
        this.services = services;
        this.lastFiles = lastFiles;
    }

    /**
     * Runs an experiment to its end.
     *
     * @return how it ended; what fails after the run directory is there is in the outcome, not thrown
     * @throws ArrakisException if nothing could be run: no such device or model, bad rows in a data set, a directory that cannot
     *     be written
     */
    public RunOutcome run(RunRequest request) {
        Experiment experiment = request.experiment();
        Instant started = Instant.now();
        Placement placement = Placements.place(services.inventory().get(), experiment.device());
        try (ModelPool models = openModels(experiment, placement)) {
            DataPool data = new DataPool(experiment.data(), experiment.seed());
            HookedModel model = models.get(experiment.model());
            String fingerprint = Reach.fingerprint(experiment, services, model, data);
            String identity = identity(experiment, fingerprint, data);
            RunDirectory directory = RunDirectory.create(request.saveDirectory(), experiment.name(), identity, started);
            Manifest manifest = new Manifest(directory.manifest(), experiment.name(), identity, started);
            describe(manifest, request, placement, model.description(), data);
            manifest.part("model").put("fingerprint", fingerprint);
            StepGraph graph = new StepGraph(experiment.steps().values());
            graph.nodes()
                    .forEach(node -> manifest.step(
                            node.id(),
                            node.spec().operation().fullName(),
                            directory
                                    .path()
                                    .relativize(directory.result(node.id()))
                                    .toString()));
            manifest.write();
            AtomicFiles.write(directory.experiment(), experiment.yaml());
            InterruptGuard guard = InterruptGuard.of(services.cancellation(), manifest);
            try (guard;
                    RunLog log = new RunLog(directory.log())) {
                RunParts parts = new RunParts(experiment, services, models, data, directory, manifest, log);
                return runSteps(request, parts, graph, placement);
            }
        }
    }

    private ModelPool openModels(Experiment experiment, Placement placement) {
        return new ModelPool(experiment.base(), model -> services.models().open(experiment, model, placement));
    }

    private RunOutcome runSteps(RunRequest request, RunParts parts, StepGraph graph, Placement placement) {
        Ending ending = Ending.of(parts.experiment().name(), parts.directory().log(), () -> {
            parts.services().listener().started(parts.directory().path());
            parts.log().info("{}: {}", parts.experiment().name(), placement.why());
            warnings(request, parts);
            NumericSetup setup = new NumericSetup(
                    placement.forward().kind(), parts.experiment().threads());
            new StepLoop(parts, graph, setup).run();
        });
        Ending last = end(ending, parts);
        return new RunOutcome(
                last.state(),
                parts.directory(),
                last.problems(),
                parts.manifest().warnings());
    }

    private Ending end(Ending ending, RunParts parts) {
        String name = parts.experiment().name();
        Path log = parts.directory().log();
        Manifest manifest = parts.manifest();
        Ending logged = ending.logged(name, parts.log());
        manifest.bytesRead(
                parts.models().get(parts.experiment().model()).weights().bytesRead());
        manifest.prepareEnd(logged.state(), logged.problems());
        Ending last =
                logged.then(name, log, () -> lastFiles.write(parts.directory().path(), manifest.tree()));
        manifest.end(last.state(), last.problems());
        return last;
    }

    private static void warnings(RunRequest request, RunParts parts) {
        request.warnings().forEach(warning -> parts.warn(Optional.empty(), warning.toString()));
        for (String name : parts.data().names()) {
            parts.data().get(name).warnings().forEach(warning -> parts.warn(Optional.empty(), warning.toString()));
        }
    }

    private static String identity(Experiment experiment, String model, DataPool data) {
        Map<String, String> fingerprints = new TreeMap<>();
        data.names().forEach(name -> fingerprints.put(name, data.get(name).fingerprint()));
        String text = experiment.identity(model, fingerprints);
        return CacheKey.of(Map.of("experiment", text)).hash();
    }

    private static void describe(
            Manifest manifest, RunRequest request, Placement placement, ModelDescription description, DataPool data) {
        Experiment experiment = request.experiment();
        arguments(manifest.part("arguments"), request);
        ObjectNode versions = manifest.part("versions");
        Versions.all().forEach(versions::put);
        versions.put("forward", NumericSetup.FORWARD_VERSION);
        manifest.part("model")
                .put("name", ModelPool.label(experiment.model()))
                .put("family", description.family())
                .put("n_layers", description.architecture().dims().nLayers())
                .put("d_model", description.architecture().dims().dModel())
                .put("parameters", description.parameterCount());
        for (String name : data.names()) {
            Dataset dataset = data.get(name);
            manifest.part("data")
                    .putObject(name)
                    .put("fingerprint", dataset.fingerprint())
                    .put("size", dataset.size());
        }
        for (Step step : experiment.steps().values()) {
            manifest.part("tools")
                    .putObject(step.operation().tool())
                    .put("version", step.operation().origin().version())
                    .put(
                            "jar",
                            Path.of(step.operation().origin().location())
                                    .getFileName()
                                    .toString());
        }
        manifest.part("device")
                .put("forward", placement.forward().toString())
                .put("analyses", placement.analyses().toString())
                .put("why", placement.why());
        manifest.part("layout")
                .put(
                        "tokens_per_batch",
                        BatchLayout.of(description.architecture().dims()).tokensPerBatch())
                .put("version", BatchLayout.VERSION);
    }

    private static void arguments(ObjectNode arguments, RunRequest request) {
        Experiment experiment = request.experiment();
        arguments.put("seed", experiment.seed()).put("threads", experiment.threads());
        if (request.limit().isPresent()) {
            arguments.put("limit", request.limit().getAsInt());
        } else {
            arguments.putNull("limit");
        }
        arguments
                .put("device", experiment.device().toString())
                .put("dtype", experiment.dtype().name());
        arguments.put("file", request.file());
        ArrayNode overrides = arguments.putArray("set");
        request.overrides().forEach(overrides::add);
    }
}
