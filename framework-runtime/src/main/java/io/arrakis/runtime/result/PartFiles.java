package io.arrakis.runtime.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import io.arrakis.runtime.safetensors.SafetensorsWriter;
import io.arrakis.runtime.safetensors.TensorSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The files of one result that are not {@code result.json}. Names are unique also where case does not count. */
final class PartFiles {

    static final String TENSORS = "tensors.safetensors";

    private final Path directory;
    private final Set<String> taken = new HashSet<>(Set.of("result.json", TENSORS, EvaluationFile.NAME, "controls"));
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    PartFiles(Path directory) {
        this.directory = directory;
    }

    String table(Place place, Table table) throws IOException {
        String name = name(place, ".csv");
        Files.writeString(directory.resolve(name), TableCsv.write(table));
        return name;
    }

    String graph(Place place, Graph graph) throws IOException {
        String name = name(place, ".graphml");
        Files.writeString(directory.resolve(name), GraphMl.write(graph));
        return name;
    }

    String figure(Place place, JsonNode figure) throws IOException {
        String name = name(place, ".figure.json");
        Files.writeString(directory.resolve(name), Json.text(figure));
        return name;
    }

    String tensor(Place place, Tensor tensor) {
        String key = place.path().isEmpty() ? "result" : place.path();
        tensors.put(key, tensor);
        return key;
    }

    /** Writes the tensors, if there are any. */
    void finish() throws IOException {
        if (tensors.isEmpty()) {
            return;
        }
        List<TensorSpec> specs = tensors.entrySet().stream()
                .map(entry -> TensorSpec.floats(
                        entry.getKey(), asLongs(entry.getValue().shape())))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(directory.resolve(TENSORS), specs, Map.of())) {
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                writer.append(entry.getKey(), FloatBuffer.wrap(entry.getValue().values()));
            }
            writer.commit();
        }
    }

    private static long[] asLongs(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    private String name(Place place, String ending) {
        String stem = place.path().isEmpty() ? "result" : place.path().replaceAll("[^a-zA-Z0-9_.-]", "_");
        String name = stem + ending;
        for (int copy = 2; !taken.add(name.toLowerCase(Locale.ROOT)); copy++) {
            name = stem + "_" + copy + ending;
        }
        return name;
    }
}
