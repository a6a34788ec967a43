package io.arrakis.runtime.run;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.linalg.Nd4jNatives;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.spec.Experiment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** One run in its directory, from the first manifest to the last. */
final class OneRun {

    private final RunRequest request;
    private final RunDirectory directory;
    private final RunSession session;
    private final SharedResults results;
    private final LastFiles lastFiles;

    OneRun(RunRequest request, RunDirectory directory, RunSession session, SharedResults results, LastFiles lastFiles) {
        this.request = request;
        this.directory = directory;
        this.session = session;
        this.results = results;
        this.lastFiles = lastFiles;
    }

    RunOutcome run(RunIdentity identity, Instant started) {
        Experiment experiment = request.experiment();
        Nd4jNatives.load(experiment.threads()); // the run before may have had others
        ModelPool models = session.models(experiment);
        DataPool data = session.data(experiment);
        HookedModel model = models.get(experiment.model());
        Placement placement = session.placement(experiment);
        Manifest manifest = new Manifest(directory.manifest(), experiment.name(), identity.hash(), started);
        request.trial().ifPresent(manifest::trial);
        NumericSetup setup = new NumericSetup(
                placement.forward().kind(),
                experiment.threads(),
                request.trial().map(TrialMark::batchDivisor).orElse(1));
        ManifestHead.describe(manifest, request, placement, setup, model.description(), data);
        manifest.part("model").put("fingerprint", identity.model()).put("tokenizer", identity.tokenizer());
        StepGraph graph = new StepGraph(experiment.steps().values());
        graph.nodes()
                .forEach(node -> manifest.step(
                        node.id(),
                        node.spec().operation().fullName(),
                        directory.path().relativize(directory.result(node.id())).toString()));
        manifest.write();
        AtomicFiles.write(directory.experiment(), experiment.yaml());
        InterruptGuard guard = InterruptGuard.of(session.services().cancellation(), manifest);
        try (guard;
                RunLog log = new RunLog(directory.log())) {
            RunParts parts = new RunParts(experiment, session, models, data, directory, manifest, log, results);
            return runSteps(parts, graph, placement, setup);
        }
    }

    private RunOutcome runSteps(RunParts parts, StepGraph graph, Placement placement, NumericSetup setup) {
        Cancellation cancellation = parts.services().cancellation();
        Ending ending = Ending.of(parts.experiment().name(), parts.directory().log(), cancellation, () -> {
            parts.services().listener().started(parts.directory().path());
            parts.log().info("{}: {}", parts.experiment().name(), placement.why());
            warnings(parts);
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
        Cancellation cancellation = parts.services().cancellation();
        Ending logged = ending.logged(name, parts.log(), cancellation);
        manifest.bytesRead(
                parts.models().get(parts.experiment().model()).weights().bytesRead());
        manifest.prepareEnd(logged.state(), logged.problems());
        Ending last = logged.then(
                name, log, cancellation, () -> lastFiles.write(parts.directory().path(), manifest.tree()));
        manifest.end(last.state(), last.problems());
        return last;
    }

    private void warnings(RunParts parts) {
        request.warnings().forEach(warning -> parts.note(said(warning)));
        for (String name : parts.data().names()) {
            parts.data().get(name).warnings().forEach(warning -> parts.warn(Optional.empty(), said(warning)));
        }
    }

    /** Without its severity, which its place among the warnings says. */
    private static String said(Problem warning) {
        String mend = warning.mend().isEmpty() ? "" : "; " + warning.mend();
        return warning.location() + ": " + warning.message() + mend;
    }
}
