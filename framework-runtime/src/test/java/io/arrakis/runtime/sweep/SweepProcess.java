package io.arrakis.runtime.sweep;

import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.natives.NativeRestart;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.sweep.SweepBench.Sweeping;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A process that runs a sweep of {@link SweepBench}, or works for one; for tests that end it. */
final class SweepProcess {

    private SweepProcess() {}

    /**
     * {@code sweep DIRECTORY RUNS}, or {@code sweep-by-workers}, runs the sweep of a bench; {@code work DIRECTORY SWEEP} is its
     * worker.
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[1]);
        if (args[0].equals("work")) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            try (ArrakisRuntime runtime =
                    ArrakisRuntime.open(new RuntimeSettings(directory.resolve("cache"), 1L << 30, PluginPath.none()))) {
                runtime.work(
                        Path.of(args[2]), new FileInputStream(FileDescriptor.in), out::println, new Cancellation());
            }
            return;
        }
        SweepBench bench = SweepBench.at(directory);
        SweepListener teller = new SweepListener() {
            @Override
            public void started(Path sweep, List<TrialResult> trials, int todo) {
                tell("begun");
            }
        };
        Sweeping sweeping = bench.of(Files.readString(directory.resolve("sweep.yaml")))
                .into(args[2])
                .told(teller, new Cancellation());
        boolean workers = args[0].equals("sweep-by-workers");
        bench.run(workers ? sweeping.by(pool(directory, 2)) : sweeping);
        tell("done");
    }

    private static void tell(String what) {
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).println(what);
    }

    /** Returns a pool of workers for a bench. */
    static WorkerPool pool(Path directory, int jobs) {
        return pool(jobs, new LocalExecutor(), sweep -> command("work", directory, sweep.toString()));
    }

    static WorkerPool pool(int jobs, SweepExecutor executor, Function<Path, List<String>> command) {
        return new WorkerPool(
                jobs,
                executor,
                (sweep, number) ->
                        new WorkerStart(number, command.apply(sweep.path()), Map.of(), 1, sweep.workerLog(number)));
    }

    static List<String> command(String what, Path directory, String further) {
        List<String> command = new ArrayList<>(
                NativeRestart.command(SweepProcess.class.getName(), List.of(what, directory.toString(), further)));
        command.addAll(1, List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
        return command;
    }
}
