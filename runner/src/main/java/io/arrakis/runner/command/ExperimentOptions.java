package io.arrakis.runner.command;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.runtime.spec.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command takes that reads an experiment. */
final class ExperimentOptions {

    private static final Path SAVE_DIRECTORY = Path.of("runs");

    @Parameters(paramLabel = "SPEC", description = "The experiment, a YAML file.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Puts a value over the file's, such as --set steps.senses.with.layer_idx=3; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "Takes at most N examples of each data set.")
    private Integer limit;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu, gpu or gpu:N.")
    private String device;

    @Option(
            names = "--save-dir",
            paramLabel = "DIR",
            description = "Below it the directory of the run or of the sweep is made; default runs.")
    private Path saveDirectory;

    @Mixin
    private CacheOption cache;

    @Mixin
    private PluginsOption plugins;

    @Mixin
    private OutputOptions output;

    Path file() {
        return file;
    }

    List<String> overrides() {
        return List.copyOf(settings);
    }

    /** Returns the limit; one that leaves nothing is an error, since no result of it means anything. */
    OptionalInt limit() {
        if (limit != null && limit < 1) {
            throw new ArrakisException(
                    ErrorCode.USAGE, "--limit", "the limit is " + limit, "give a whole number at least 1");
        }
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    Path saveDirectory() {
        return Objects.requireNonNullElse(saveDirectory, SAVE_DIRECTORY).toAbsolutePath();
    }

    /** Returns what is wrong with the directories that the command line names, as far as that can be told without writing. */
    List<Problem> directoryProblems() {
        return Stream.concat(Stream.ofNullable(saveDirectory), cache.asked().stream())
                .flatMap(directory -> DiskProblems.unwritable(directory).stream())
                .toList();
    }

    Path cacheDirectory() {
        return cache.directory();
    }

    /** Returns the arguments that name the same cache and plug-ins to another process. */
    List<String> places() {
        List<String> places =
                new ArrayList<>(List.of("--cache-dir", cache.directory().toString()));
        places.addAll(plugins.arguments());
        return places;
    }

    boolean json() {
        return output.json();
    }

    boolean quiet() {
        return output.quiet();
    }

    ArrakisRuntime open() {
        return ArrakisRuntime.open(cache.settings(plugins.path()));
    }

    ExperimentReader.Request request() {
        List<Setting> all = new ArrayList<>();
        settings.forEach(setting -> all.add(Setting.set(setting)));
        if (device != null) {
            all.add(Setting.option("--device", "device", device));
        }
        return new ExperimentReader.Request(file, all, limit());
    }
}
