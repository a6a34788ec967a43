package io.arrakis.runtime.sweep;

import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.natives.NativeRestart;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.run.Cancellation;
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

/** A process that runs a sweep of {@link SweepBench}, or works for one; for tests that end it. */
final class SweepProcess {

    private SweepProcess() {}

    /** {@code sweep DIRECTORY RUNS} runs the experiment of a bench; {@code work DIRECTORY SWEEP} is its worker. */
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
        bench.run(bench.of(Files.readString(directory.resolve("sweep.yaml"))).into(args[2]));
    }

    /** Returns a pool of workers for a bench. */
    static WorkerPool pool(Path directory, int jobs) {
        return new WorkerPool(jobs, 0, sweep -> command("work", directory, sweep.toString()));
    }

    static List<String> command(String what, Path directory, String further) {
        List<String> command = new ArrayList<>(
                NativeRestart.command(SweepProcess.class.getName(), List.of(what, directory.toString(), further)));
        command.add(1, "-Xmx512m");
        return command;
    }
}
