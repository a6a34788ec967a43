package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import io.arrakis.runtime.result.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A worker process, as who started it sees it. Used by one thread, but for {@link #stop}. */
final class Worker implements AutoCloseable {

    private static final int KILLED = 137;
    private static final int EAGAIN = 11;
    private static final int ENOMEM = 12;
    private static final long PATIENCE_SECONDS = 8;

    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final Path log;
    private volatile boolean endedFromHere;

    /**
     * Starts a worker, and waits until it is ready.
     *
     * @throws ArrakisException if it cannot be started, or ends at once
     */
    static Worker start(SweepExecutor executor, WorkerStart start) {
        Worker worker = new Worker(process(executor, start), start.log());
        if (worker.answer("ready").isEmpty()) {
            worker.close();
            throw worker.notStarted();
        }
        return worker;
    }

    private static Process process(SweepExecutor executor, WorkerStart start) {
        try {
            return executor.start(start);
        } catch (IOException e) {
            throw new ArrakisException(
                    lacksMemory(e) ? ErrorCode.MEMORY : ErrorCode.TOOL_FAILED,
                    "worker",
                    "a worker process cannot be started by '" + executor.name() + "': " + e.getMessage(),
                    lacksMemory(e)
                            ? "ask for fewer --jobs"
                            : "see that the command it starts is there, or ask for another --executor");
        } catch (RuntimeException | LinkageError e) {
            Problem problem = Problem.error(
                    ErrorCode.TOOL_FAILED,
                    SourceLocation.of("worker"),
                    "the executor '" + executor.name() + "' ("
                            + executor.getClass().getName() + ") threw " + e,
                    "tell its author, or ask for another --executor");
            throw new ArrakisException(List.of(problem), e);
        }
    }

    /** Java says so in words alone: a system without room for one more process answers with one of these numbers. */
    private static boolean lacksMemory(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("error=" + ENOMEM + ",") || message.contains("error=" + EAGAIN + ",");
    }

    private Worker(Process process, Path log) {
        this.process = process;
        this.to = process.outputWriter(StandardCharsets.UTF_8);
        this.from = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    private ArrakisException notStarted() {
        return new ArrakisException(
                isKilled() ? ErrorCode.MEMORY : ErrorCode.INTERNAL,
                "worker",
                "a worker process did not start: it " + end(),
                (isKilled() ? "ask for fewer --jobs; " : "") + "what it said is in " + log);
    }

    /** Returns the worker's answer; nothing where it ended without one. */
    Optional<JsonNode> run(WorkerMessage message) {
        try {
            to.write(message.line());
            to.newLine();
            to.flush();
        } catch (IOException e) {
            return Optional.empty(); // it is gone, and its status says how
        }
        return answer("trial");
    }

    /** Reads up to a line of JSON with a key; libraries may print other lines. */
    private Optional<JsonNode> answer(String key) {
        try {
            String line = from.readLine();
            while (line != null) {
                JsonNode tree = tree(line);
                if (tree.has(key)) {
                    return Optional.of(tree);
                }
                line = from.readLine();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(String line) throws IOException {
        try {
            return Json.parse(line);
        } catch (JsonProcessingException e) {
            return Json.parse("{}");
        }
    }

    /** Returns where it writes what no answer is. */
    Path log() {
        return log;
    }

    /** Returns whether it was killed, and not by {@link #close}, when the process has ended. */
    boolean isKilled() {
        return status() == KILLED && !endedFromHere;
    }

    /** Returns how it ended, such as {@code ended with status 1}, when it has. */
    String end() {
        if (endedFromHere) {
            return "closed its output and still was there after " + PATIENCE_SECONDS + " s, so it was ended";
        }
        return "ended with status " + status()
                + (isKilled() ? ", as where the system ends what needs too much memory" : "");
    }

    private int status() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Tells it that there is no more to do; a trial that it runs is stopped. */
    void stop() {
        try {
            to.close();
        } catch (IOException e) {
            process.destroy(); // its end of the pipe is gone
        }
    }

    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                endedFromHere = true;
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
