package io.arrakis.testkit;

import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Request;
import io.arrakis.api.sweep.TrialRunner.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An experiment of a test: YAML in, results out, through the same runtime that users have.
 *
 * <p>The runtime must be on the test class path. Everything is written below one directory, best JUnit's {@code @TempDir}.
 */
public final class TestExperiment {

    private final Path directory;

    private TestExperiment(Path directory) {
        this.directory = directory;
    }

    /** Uses a directory for experiments, models, runs and cache. */
    public static TestExperiment in(Path directory) {
        return new TestExperiment(directory);
    }

    /** Writes a model below the directory, so that an experiment can name it by its folder. */
    public TestExperiment model(String folder, TinyModel model) {
        model.write(directory.resolve(folder));
        return this;
    }

    /** Writes a file below the directory. */
    public TestExperiment file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes YAML and returns the request to run or check it, which settings may be added to. */
    public Request request(String yaml) {
        file("experiment.yaml", yaml);
        return new Request(directory.resolve("experiment.yaml"), directory.resolve("runs"), directory.resolve("cache"));
    }

    /** Runs YAML and returns how it ended. */
    public Outcome run(String yaml) {
        return TrialRunner.find().run(request(yaml));
    }

    /**
     * Runs YAML that must finish.
     *
     * @throws AssertionError with all problems if it does not
     */
    public Outcome finish(String yaml) {
        Outcome outcome = run(yaml);
        if (outcome.status() != Status.FINISHED) {
            throw new AssertionError("the experiment ended " + outcome.status() + ":\n" + outcome.problems());
        }
        return outcome;
    }
}
