package io.arrakis.api.sweep;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.stability.Experimental;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
     * Says all that is wrong with an experiment, warnings too, and runs nothing. Loads no weights and no native library unless
     * an operation asks for the tokenizer.
     */
    List<Problem> check(Request request);

    /**
     * Returns what each step says that it will read, by its name, as far as that is known before anything runs: a step with a
     * parameter that is part of an earlier result is not there.
     *
     * @throws ArrakisException with all problems if the experiment has errors
     */
    Map<String, Requirements> requirements(Request request);

    /**
     * What to run.
     *
     * @param experiment     the YAML file
     * @param settings       {@code path=value}, each put over the file's value, as {@code --set} does
     * @param limit          the examples that each data set has at most
     * @param plugins        folders that have a folder of jars for each plug-in, beside what is on the class path
     * @param saveDirectory  below it the run directory is made
     * @param cacheDirectory activation cache and unpacked natives
     */
    record Request(
            Path experiment,
            List<String> settings,
            OptionalInt limit,
            List<Path> plugins,
            Path saveDirectory,
            Path cacheDirectory) {
        /** Copies the lists. */
        public Request {
            Objects.requireNonNull(experiment, "experiment");
            Objects.requireNonNull(limit, "limit");
            Objects.requireNonNull(saveDirectory, "saveDirectory");
            Objects.requireNonNull(cacheDirectory, "cacheDirectory");
            settings = List.copyOf(settings);
            plugins = List.copyOf(plugins);
        }

        /** Makes a request for a file as it is, with what is on the class path. */
        public Request(Path experiment, Path saveDirectory, Path cacheDirectory) {
            this(experiment, List.of(), OptionalInt.empty(), List.of(), saveDirectory, cacheDirectory);
        }

        /** Returns the same with values put over the file's. */
        public Request with(List<String> paths) {
            return new Request(experiment, paths, limit, plugins, saveDirectory, cacheDirectory);
        }

        /** Returns the same with at most so many examples of each data set. */
        public Request limitedTo(int examples) {
            return new Request(experiment, settings, OptionalInt.of(examples), plugins, saveDirectory, cacheDirectory);
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

        /**
         * Returns whether the result of a step, read as a record and written again, gives the same files, byte for byte. False
         * where the record loses something of what was written.
         *
         * @param shape the record to read it as, mostly the operation's own
         */
        boolean survivesReading(String step, Class<? extends Record> shape);
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
