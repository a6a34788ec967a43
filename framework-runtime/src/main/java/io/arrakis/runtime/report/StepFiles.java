package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runtime.result.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a step left.
 *
 * @param name      of the step
 * @param directory where its files are
 * @param result    its {@code result.json}
 * @param controls  the {@code result.json} of each of its controls
 */
record StepFiles(String name, Path directory, JsonNode result, SortedMap<String, JsonNode> controls) {

    private static final String RESULT = "result.json";

    /** Reads a step; nothing where it saved nothing. */
    static Optional<StepFiles> read(Path results, String name) throws IOException {
        Path directory = results.resolve(name);
        if (!Files.isRegularFile(directory.resolve(RESULT))) {
            return Optional.empty();
        }
        return Optional.of(new StepFiles(name, directory, Json.read(directory.resolve(RESULT)), controls(directory)));
    }

    private static SortedMap<String, JsonNode> controls(Path directory) throws IOException {
        SortedMap<String, JsonNode> controls = new TreeMap<>();
        Path folder = directory.resolve("controls");
        if (!Files.isDirectory(folder)) {
            return controls;
        }
        try (Stream<Path> list = Files.list(folder)) {
            list.filter(control -> Files.isRegularFile(control.resolve(RESULT)))
                    .forEach(control ->
                            controls.put(control.getFileName().toString(), readUnchecked(control.resolve(RESULT))));
        }
        return controls;
    }

    private static JsonNode readUnchecked(Path file) {
        try {
            return Json.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the value of a path such as {@code heads.0.rho} in a result; missing where it is not there. */
    static JsonNode at(JsonNode resultFile, String path) {
        JsonNode node = resultFile.path("result");
        for (String key : path.split("\\.")) {
            node = node.isArray() && key.matches("\\d{1,9}") ? node.path(Integer.parseInt(key)) : node.path(key);
        }
        return node;
    }
}
