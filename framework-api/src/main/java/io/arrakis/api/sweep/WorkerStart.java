package io.arrakis.api.sweep;

import io.arrakis.api.stability.Experimental;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A worker to start.
 *
 * @param number      of the worker, from 0; one that replaces another has its number
 * @param command     the program with its arguments
 * @param environment variables beside those of this process; on this machine they say which GPU it sees
 * @param threads     processor threads that a trial computes in, for what reserves them
 * @param log         where its standard error goes, below the directory of the sweep; others may have written there before
 */
@Experimental
public record WorkerStart(int number, List<String> command, Map<String, String> environment, int threads, Path log) {

    /** Copies the collections. */
    public WorkerStart {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(log, "log");
    }

    /**
     * Returns what starts the worker behind another command, such as {@code nice} or {@code srun --ntasks=1}, with environment
     * and log set.
     *
     * @param before the other command with its arguments; nothing for the worker alone
     */
    public ProcessBuilder behind(String... before) {
        List<String> whole = new ArrayList<>(List.of(before));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole);
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }
}
