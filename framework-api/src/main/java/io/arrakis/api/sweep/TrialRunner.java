package io.arrakis.api.sweep;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.stability.Experimental;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Runs one experiment in this process. The runtime provides it through
 * {@code META-INF/services/io.arrakis.api.sweep.TrialRunner}; the test kit and sweep executors use it without knowing the
 * runtime.
 */
@Experimental
public interface TrialRunner {

    /**
     * Finds the runtime's implementation on the class path.
     *
     * @throws ArrakisException if the runtime is not there
     */
    static TrialRunner find() {
        return ServiceLoader.load(TrialRunner.class, TrialRunner.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.INTERNAL,
                        "class path",
                        "no runtime is on the class path",
                        "add io.arrakis:framework-runtime, at scope test for the tests of a tool"));
    }

    /**
     * Runs an experiment to its end.
     *
     * @param request what to run and where to put it
     * @return how it ended; problems of the experiment are in the outcome, not thrown
     */
    Outcome run(Request request);

    /**
     * What to run.
     *
     * @param experiment    the YAML file
     * @param saveDirectory below it the run directory is made
     * @param cacheDirectory activation cache and unpacked natives
     */
    record Request(Path experiment, Path saveDirectory, Path cacheDirectory) {
        /** Checks that nothing is null. */
        public Request {
            Objects.requireNonNull(experiment, "experiment");
            Objects.requireNonNull(saveDirectory, "saveDirectory");
            Objects.requireNonNull(cacheDirectory, "cacheDirectory");
        }
    }

    /** How a run ended, and a reader of its results. */
    interface Outcome {

        /** Returns FINISHED, FAILED, INTERRUPTED or INVALID. */
        Status status();

        /** Returns the run directory, or nothing if nothing was run. */
        Optional<Path> directory();

        /** Returns all problems, warnings too. */
        List<Problem> problems();

        /**
         * Reads the result of a step back from the run directory.
         *
         * @param step  name of the step
         * @param shape the record to read it as
         */
        <R extends Record> R result(String step, Class<R> shape);

        /**
         * Reads the result of a control of a step.
         *
         * @param control its name, such as {@code random_model}
         */
        <R extends Record> R result(String step, String control, Class<R> shape);
    }

    /** Ends of a run. */
    enum Status {
        /** All steps are done and saved. */
        FINISHED,
        /** A step failed, or could not be saved. */
        FAILED,
        /** The user stopped it. */
        INTERRUPTED,
        /** The experiment has errors; nothing was run. */
        INVALID
    }
}
