package io.arrakis.runtime.bind;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs one experiment with what is on the class path, in this process. */
public final class LocalTrialRunner implements TrialRunner {

    @Override
    public Outcome run(Request request) {
        try (ArrakisRuntime runtime =
                ArrakisRuntime.open(RuntimeSettings.of(request.cacheDirectory(), PluginPath.none()))) {
            Checked checked = runtime.check(ExperimentReader.Request.of(request.experiment()));
            if (checked.hasErrors()) {
                return new LocalOutcome(Status.INVALID, Optional.empty(), checked.problems());
            }
            return run(runtime, request, checked);
        } catch (ArrakisException e) {
            return new LocalOutcome(Status.FAILED, Optional.empty(), e.problems());
        }
    }

    private static Outcome run(ArrakisRuntime runtime, Request request, Checked checked) {
        RunRequest run = new RunRequest(
                checked.experiment(),
                request.saveDirectory(),
                request.experiment().toString(),
                List.of(),
                OptionalInt.empty(),
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

        private Path results() {
            return directory
                    .orElseThrow(() -> new IllegalStateException("nothing was run: " + problems))
                    .resolve("results");
        }
    }
}
