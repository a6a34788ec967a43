package io.arrakis.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One golden folder on disk: its inputs and what is expected of them. */
final class GoldenFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final JsonNode inputs;
    private final SafetensorsFile expected;

    private GoldenFolder(Path directory) throws IOException {
        this.directory = directory;
        this.inputs = JSON.readTree(Files.readAllBytes(directory.resolve("inputs.json")));
        this.expected = SafetensorsFile.open(directory.resolve("expected.safetensors"));
    }

    static GoldenFolder open(Goldens kind, String name, Path into) {
        try {
            return new GoldenFolder(kind.copy(name, into));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders that hold a model. */
    static List<String> models() {
        return Goldens.FAMILIES.folders().stream()
                .filter(name -> !name.equals("minilm"))
                .toList();
    }

    /** The folder's model, opened as a user's directory is. */
    HookedModel model(ComputeOptions options) {
        ModelContext context = new ModelContext(directory, directory);
        Checkpoint checkpoint = Checkpoints.builtIn().open(new ModelSpec.Named(directory.toString()), context);
        return Models.open(checkpoint, ModelFamilies.builtIn(), options);
    }

    /** Puts the configuration with the other version's keys in the place of {@code config.json}. */
    GoldenFolder withOtherConfig() {
        try {
            Files.move(
                    directory.resolve("config.alt.json"),
                    directory.resolve("config.json"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    List<GoldenBatch> batches() {
        List<GoldenBatch> batches = new ArrayList<>();
        for (JsonNode node : inputs.get("batches")) {
            batches.add(batch(node));
        }
        return batches;
    }

    private GoldenBatch batch(JsonNode node) {
        String name = node.get("name").asText();
        int[][] ids = ints(node.get("input_ids"));
        int[][] mask = ints(node.get("attention_mask"));
        boolean[][] real = new boolean[mask.length][mask[0].length];
        int[][] columns = new int[mask.length][mask[0].length];
        for (int row = 0; row < mask.length; row++) {
            for (int pos = 0; pos < mask[row].length; pos++) {
                real[row][pos] = mask[row][pos] == 1;
                columns[row][pos] = pos;
            }
        }
        TokenBatch batch = TokenBatch.of(ids, real);
        if (node.hasNonNull("position_ids")) {
            batch = batch.withPositions(ints(node.get("position_ids")));
        } else if (!node.path("positions_from_ids").asBoolean()) {
            batch = batch.withPositions(columns);
        }
        if (node.hasNonNull("token_type_ids")) {
            batch = batch.withTypeIds(ints(node.get("token_type_ids")));
        }
        return new GoldenBatch(name, node.get("hooks").asText(), batch, tensors(name + "."));
    }

    private Map<String, String> tensors(String prefix) {
        Map<String, String> tensors = new TreeMap<>();
        for (String key : expected.entries().keySet()) {
            if (key.startsWith(prefix)) {
                tensors.put(key.substring(prefix.length()), key);
            }
        }
        return tensors;
    }

    /** The expected numbers, row-major. */
    float[] values(String tensor) {
        return expected.floats(tensor);
    }

    /** The expected shape. */
    long[] shape(String tensor) {
        return expected.entry(tensor).shape().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static int[][] ints(JsonNode rows) {
        int[][] values = new int[rows.size()][];
        for (int row = 0; row < values.length; row++) {
            values[row] = JSON.convertValue(rows.get(row), int[].class);
        }
        return values;
    }

    /**
     * One batch.
     *
     * @param hooks    {@code all}, {@code output} or {@code some}
     * @param expected names of hook points to names of tensors
     */
    record GoldenBatch(String name, String hooks, TokenBatch batch, Map<String, String> expected) {}
}
