package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** The history of a sweep: a line for each change of a trial's state, by whichever process. */
final class Journal {

    private final JsonLines lines;
    private final Map<String, Integer> attempts = new HashMap<>();

    Journal(SweepDirectory directory) {
        this.lines = new JsonLines(directory.journal());
    }

    /** Returns how often a trial has begun so far. */
    synchronized int attempts(String trial) {
        lines.readOn(line -> {
            if (line.path("state").asText().equals(TrialState.RUNNING.name())) {
                attempts.merge(line.path("trial").asText(), 1, Integer::sum);
            }
        });
        return attempts.getOrDefault(trial, 0);
    }

    /** Adds that a trial begins. */
    void begins(String trial, int attempt) {
        lines.add(line(trial, TrialState.RUNNING)
                .put("attempt", attempt)
                .put("pid", ProcessHandle.current().pid()));
    }

    /** Adds how a trial ended. */
    void ended(String trial, TrialStatus status) {
        ObjectNode line = line(trial, status.state()).put("attempt", status.attempt());
        status.cause()
                .ifPresent(cause ->
                        line.put("cause", cause.id()).put("code", status.code()).put("message", status.message()));
        lines.add(line.put("seconds", status.seconds()));
    }

    private static ObjectNode line(String trial, TrialState state) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("trial", trial)
                .put("state", state.name());
    }
}
