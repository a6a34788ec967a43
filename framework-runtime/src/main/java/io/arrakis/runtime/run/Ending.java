package io.arrakis.runtime.run;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * How the work of a run ended.
 *
 * @param state    FINISHED, FAILED or INTERRUPTED
 * @param problems what ended it, where it failed
 * @param cause    what was thrown
 */
record Ending(RunState state, List<Problem> problems, Optional<Throwable> cause) {

    /**
     * Does the work and says how it ended, whatever it throws.
     *
     * @param what         name of what is run
     * @param log          where the details go
     * @param cancellation whether the user asked to stop; what stops without that has failed
     */
    static Ending of(String what, Path log, Cancellation cancellation, Runnable work) {
        try {
            work.run();
            return new Ending(RunState.FINISHED, List.of(), Optional.empty());
        } catch (CancellationException e) {
            boolean asked = cancellation.isAsked() || Thread.currentThread().isInterrupted();
            return asked ? new Ending(RunState.INTERRUPTED, List.of(), Optional.empty()) : defect(what, log, e);
        } catch (ArrakisException e) {
            return new Ending(RunState.FAILED, e.problems(), Optional.of(e));
        } catch (OutOfMemoryError e) {
            return new Ending(RunState.FAILED, Failures.outOfMemory(what, e).problems(), Optional.of(e));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return defect(what, log, e);
        }
    }

    private static Ending defect(String what, Path log, Throwable thrown) {
        Problem defect = Problem.error(
                ErrorCode.INTERNAL,
                SourceLocation.of(what),
                "the framework failed: " + thrown,
                "please report it with " + log);
        return new Ending(RunState.FAILED, List.of(defect), Optional.of(thrown));
    }

    /** Writes the end into the log; a log that cannot be written makes it a failure. */
    Ending logged(String what, RunLog log, Cancellation cancellation) {
        return then(what, log.file(), cancellation, () -> {
            problems.forEach(problem -> log.error("{}", problem));
            cause.ifPresent(it -> log.error("details", it));
            log.info("{}", state);
        });
    }

    /** Does what belongs to the end; if it fails, so has the run, and what failed first is what is said of it. */
    Ending then(String what, Path log, Cancellation cancellation, Runnable work) {
        Ending after = of(what, log, cancellation, work);
        if (after.state == RunState.FINISHED) {
            return this;
        }
        return new Ending(RunState.FAILED, state == RunState.FAILED ? problems : after.problems, after.cause);
    }
}
