package io.arrakis.runtime.bind;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.run.RunOutcome;
import io.arrakis.runtime.run.RunRequest;
import io.arrakis.runtime.run.RunState;
import io.arrakis.runtime.spec.Checked;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.runtime.spec.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one experiment with what is on the class path, in this process. */
public final class LocalTrialRunner implements TrialRunner {

    @Override
    public Outcome run(Request request) {
        try (ArrakisRuntime runtime = open(request)) {
            Checked checked = runtime.check(read(request));
            if (checked.hasErrors()) {
                return new LocalOutcome(Status.INVALID, Optional.empty(), checked.problems());
            }
            return run(runtime, request, checked);
        } catch (ArrakisException e) {
            return new LocalOutcome(Status.FAILED, Optional.empty(), e.problems());
        }
    }

    @Override
    public List<Problem> check(Request request) {
        try (ArrakisRuntime runtime = open(request)) {
            return runtime.check(read(request)).problems();
        }
    }

    @Override
    public Map<String, Requirements> requirements(Request request) {
        try (ArrakisRuntime runtime = open(request)) {
            return runtime.requirements(runtime.check(read(request)).experiment());
        }
    }

    private static ArrakisRuntime open(Request request) {
        return ArrakisRuntime.open(RuntimeSettings.of(request.cacheDirectory(), new PluginPath(request.plugins())));
    }

    private static ExperimentReader.Request read(Request request) {
        List<Setting> settings = request.settings().stream().map(Setting::set).toList();
        return new ExperimentReader.Request(request.experiment(), settings, request.limit());
    }

    private static Outcome run(ArrakisRuntime runtime, Request request, Checked checked) {
        Natives.require(request.cacheDirectory(), checked.experiment().threads());
        RunRequest run = new RunRequest(
                checked.experiment(),
                request.saveDirectory(),
                request.experiment().toString(),
                request.settings(),
                request.limit(),
                checked.problems());
        RunOutcome outcome = runtime.run(run, RunListener.SILENT, new Cancellation());
        List<Problem> problems = new ArrayList<>(checked.problems());
        problems.addAll(outcome.problems());
        return new LocalOutcome(
                status(outcome.state()), Optional.of(outcome.directory().path()), problems);
    }

    private static Status status(RunState state) {
        return switch (state) {
            case FINISHED -> Status.FINISHED;
            case INTERRUPTED -> Status.INTERRUPTED;
            case FAILED, RUNNING -> Status.FAILED;
        };
    }

    /** How a run ended. */
    private record LocalOutcome(Status status, Optional<Path> directory, List<Problem> problems) implements Outcome {

        @Override
        public <R extends Record> R result(String step, Class<R> shape) {
            return ResultFiles.read(results().resolve(step), shape);
        }

        @Override
        public <R extends Record> R result(String step, String control, Class<R> shape) {
            return ResultFiles.read(results().resolve(step).resolve("controls").resolve(control), shape);
        }

        @Override
        public boolean survivesReading(String step, Class<? extends Record> shape) {
            return ResultFiles.survivesReading(results().resolve(step), shape);
        }

        private Path results() {
            return directory
                    .orElseThrow(() -> new IllegalStateException("nothing was run: " + problems))
                    .resolve("results");
        }
    }
}
