package io.arrakis.runner.command;

import io.arrakis.runner.render.Console;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.Natives;
import io.arrakis.runtime.run.Cancellation;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs trials that a sweep in another process hands out. Not for people. */
@Command(name = WorkerCommand.NAME, hidden = true, description = "Runs trials for 'arrakis sweep --jobs'.")
final class WorkerCommand implements Callable<Integer> {

    static final String NAME = "worker";

    @Parameters(paramLabel = "SWEEP", description = "The directory of the sweep.")
    private Path sweep;

    @Option(names = "--threads", description = "Threads of the native libraries.", required = true)
    private int threads;

    @Mixin
    private CacheOption cache;

    @Mixin
    private PluginsOption plugins;

    private final Console console;
    private final Interrupts interrupts;

    WorkerCommand(Console console, Interrupts interrupts) {
        this.console = console;
        this.interrupts = interrupts;
    }

    /** Returns the arguments of a worker. */
    static List<String> arguments(Path sweep, int threads, List<String> places) {
        List<String> arguments =
                new ArrayList<>(List.of(NAME, sweep.toString(), "--threads", Integer.toString(threads)));
        arguments.addAll(places);
        return arguments;
    }

    @Override
    public Integer call() {
        Cancellation cancellation = interrupts.cancellation(() -> {});
        Natives.require(cache.directory(), threads);
        try (ArrakisRuntime runtime = ArrakisRuntime.open(cache.settings(plugins.path()))) {
            runtime.work(sweep, new FileInputStream(FileDescriptor.in), console::result, cancellation);
        }
        return ExitStatus.DONE.number();
    }
}
