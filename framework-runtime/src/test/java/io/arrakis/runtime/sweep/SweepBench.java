package io.arrakis.runtime.sweep;

import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.spec.CheckedSweep;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with a tiny model, a cache and the runs of sweeps, for tests. */
final class SweepBench {

    static final String HEAD = "name: test\nseed: 7\nmodel: ./tiny\n";
    private static final long CACHE_BYTES = 1L << 30;
    private static final List<String> WORDS = List.of("the", "cat", "dog", "sat", "on", "mat", "a");

    private final Path directory;
    private final long cacheBytes;
    private final PluginPath plugins;

    private SweepBench(Path directory, long cacheBytes, PluginPath plugins) {
        this.directory = directory;
        this.cacheBytes = cacheBytes;
        this.plugins = plugins;
    }

    /** A folder that has been made before. */
    static SweepBench at(Path directory) {
        return new SweepBench(directory, CACHE_BYTES, PluginPath.none());
    }

    /** A folder with a new model. */
    static SweepBench in(Path directory) {
        model(directory, 1);
        return new SweepBench(directory, CACHE_BYTES, PluginPath.none());
    }

    /** The same folder, with a cache that may hold so much. */
    SweepBench caching(long bytes) {
        return new SweepBench(directory, bytes, plugins);
    }

    /** The same folder, with the plug-ins of a directory. */
    SweepBench using(Path root) {
        return new SweepBench(directory, cacheBytes, new PluginPath(List.of(root)));
    }

    /** Writes the model with other weights. */
    static void model(Path directory, long seed) {
        TinyModel.bert(TinyModel.Size.SMALL, WORDS, seed).write(directory.resolve("tiny"));
    }

    Path directory() {
        return directory;
    }

    /** Removes a file of the folder, if it is there. */
    void remove(String file) {
        try {
            Files.deleteIfExists(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds what it is warned of to a list. */
    static SweepListener warningsIn(List<String> warnings) {
        return new SweepListener() {
            @Override
            public void warned(String message) {
                warnings.add(message);
            }
        };
    }

    /** One sweep with everything as usual. */
    Sweeping of(String yaml) {
        return new Sweeping(yaml, new InProcess(), SweepListener.SILENT, new Cancellation(), false, Set.of(), "runs");
    }

    /** A sweep, and how it is run. */
    record Sweeping(
            String yaml,
            TrialExecutor executor,
            SweepListener listener,
            Cancellation cancellation,
            boolean failFast,
            Set<TrialState> retry,
            String runs) {

        Sweeping retrying(TrialState first) {
            return new Sweeping(yaml, executor, listener, cancellation, failFast, EnumSet.of(first), runs);
        }

        Sweeping failingFast() {
            return new Sweeping(yaml, executor, listener, cancellation, true, retry, runs);
        }

        Sweeping told(SweepListener other, Cancellation stop) {
            return new Sweeping(yaml, executor, other, stop, failFast, retry, runs);
        }

        Sweeping by(TrialExecutor other) {
            return new Sweeping(yaml, other, listener, cancellation, failFast, retry, runs);
        }

        Sweeping into(String folder) {
            return new Sweeping(yaml, executor, listener, cancellation, failFast, retry, folder);
        }
    }

    SweepOutcome run(String yaml) {
        return run(of(yaml));
    }

    SweepOutcome run(Sweeping sweeping) {
        try (ArrakisRuntime runtime = open()) {
            return runtime.sweep(
                    request(runtime, sweeping), sweeping.executor(), sweeping.listener(), sweeping.cancellation());
        }
    }

    SweepPlan plan(String yaml) {
        try (ArrakisRuntime runtime = open()) {
            return runtime.plan(request(runtime, of(yaml)), SweepListener.SILENT);
        }
    }

    private ArrakisRuntime open() {
        return ArrakisRuntime.open(new RuntimeSettings(directory.resolve("cache"), cacheBytes, plugins));
    }

    private SweepRequest request(ArrakisRuntime runtime, Sweeping sweeping) {
        try {
            Path file = Files.writeString(directory.resolve("experiment.yaml"), sweeping.yaml());
            CheckedSweep checked = runtime.checkSweep(ExperimentReader.Request.of(file));
            return new SweepRequest(
                    checked.sweep(),
                    directory.resolve(sweeping.runs()),
                    file,
                    List.of(),
                    OptionalInt.empty(),
                    List.of(),
                    sweeping.failFast(),
                    sweeping.retry());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The result files of all trials, by their paths, as text. */
    static SortedMap<String, String> results(SweepOutcome outcome) {
        return results(outcome.directory().trials());
    }

    static SortedMap<String, String> results(Path trials) {
        TreeMap<String, String> results = new TreeMap<>();
        try (Stream<Path> all = Files.walk(trials)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = trials.relativize(file).toString();
                if (name.contains("results") || name.endsWith("experiment.yaml")) {
                    results.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return results;
    }

    static List<String> states(SweepOutcome outcome) {
        List<String> states = new ArrayList<>();
        outcome.trials().forEach(result -> states.add(result.status().state().name()));
        return states;
    }
}
