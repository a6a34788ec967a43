package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arrakis.runtime.run.SharedResults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the trials of a sweep find the results of steps that others have computed; one file tells all processes. Used by one
 * thread.
 */
final class StepLedger implements SharedResults {

    private final SweepDirectory directory;
    private final JsonLines lines;
    private final RegionLocks locks;
    private final Runnable checkCancelled;
    private final Map<String, String> known = new HashMap<>();

    StepLedger(SweepDirectory directory, RegionLocks locks, Runnable checkCancelled) {
        this.directory = directory;
        this.lines = new JsonLines(directory.shared());
        this.locks = locks;
        this.checkCancelled = checkCancelled;
    }

    @Override
    public Hold hold(String key) {
        RegionLocks.Held held = locks.acquire(key, checkCancelled);
        return held::close;
    }

    @Override
    public Optional<Path> find(String key) {
        lines.readOn(line ->
                known.put(line.path("step").asText(), line.path("result").asText()));
        return Optional.ofNullable(known.get(key))
                .map(directory.path()::resolve)
                .filter(result -> Files.isRegularFile(result.resolve("result.json")));
    }

    @Override
    public void saved(String key, Path result) {
        lines.add(JsonNodeFactory.instance
                .objectNode()
                .put("step", key)
                .put("result", directory.path().relativize(result).toString()));
    }
}
