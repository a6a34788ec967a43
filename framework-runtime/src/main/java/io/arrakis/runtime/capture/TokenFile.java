package io.arrakis.runtime.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.result.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Batches of token ids in a JSON file: {@code {"batches": [{"name", "input_ids", "attention_mask", "position_ids",
 * "token_type_ids"}, …]}}, as reference programs write them.
 *
 * <p>A mask that is null or absent means that every token is real; token types that are, that all are 0. Positions that are null
 * or absent are 0, 1, 2, … from the first column, padding counted, as those programs do, unless {@code positions_from_ids} is
 * true: then they come from the mask, as everywhere else here. Keys that are not known are left alone.
 */
public final class TokenFile {

    private final Path file;

    private TokenFile(Path file) {
        this.file = file;
    }

    /**
     * Reads all batches.
     *
     * @throws ArrakisException with {@code FILE-MISSING} or {@code DATA-ROW}, naming the batch and the key
     */
    public static List<NamedBatch> read(Path file) {
        requireFile(file, "give a JSON file with batches");
        return new TokenFile(file).batches();
    }

    static void requireFile(Path file, String mend) {
        if (!Files.isRegularFile(file)) {
            String what = Files.isDirectory(file) ? "it is a directory" : "there is no such file";
            throw new ArrakisException(ErrorCode.FILE_MISSING, file.toString(), what, mend);
        }
    }

    private List<NamedBatch> batches() {
        JsonNode batches = tree().path("batches");
        if (!batches.isArray() || batches.isEmpty()) {
            throw wrong("'batches' is not a list with at least one batch");
        }
        List<NamedBatch> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode batch : batches) {
            String name = batch.path("name").asText("");
            if (name.isBlank() || !names.add(name)) {
                throw wrong("batch " + read.size() + " has "
                        + (name.isBlank() ? "no name" : "the name of another, '" + name + "'"));
            }
            read.add(new NamedBatch(name, batch(name, batch)));
        }
        return read;
    }

    private JsonNode tree() {
        try {
            return Json.read(file);
        } catch (IOException e) {
            throw new ArrakisException(
                    ErrorCode.DATA_ROW, file.toString(), "it is not JSON: " + firstLine(e), "write it as JSON");
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private TokenBatch batch(String name, JsonNode node) {
        int[][] ids = numbers(name, node, "input_ids");
        if (ids.length == 0 || ids[0].length == 0) {
            throw wrong("batch '" + name + "' has no 'input_ids'");
        }
        try {
            TokenBatch batch = TokenBatch.of(ids, mask(name, node, ids));
            if (!node.path("token_type_ids").isMissingNode()
                    && !node.path("token_type_ids").isNull()) {
                batch = batch.withTypeIds(numbers(name, node, "token_type_ids"));
            }
            if (!node.path("position_ids").isMissingNode()
                    && !node.path("position_ids").isNull()) {
                return batch.withPositions(numbers(name, node, "position_ids"));
            }
            return node.path("positions_from_ids").asBoolean(false) ? batch : batch.withPositions(columns(ids));
        } catch (IllegalArgumentException e) {
            throw wrong("batch '" + name + "': " + e.getMessage());
        }
    }

    private boolean[][] mask(String name, JsonNode node, int[][] ids) {
        boolean[][] mask = new boolean[ids.length][ids[0].length];
        JsonNode given = node.path("attention_mask");
        int[][] numbers = given.isMissingNode() || given.isNull() ? null : numbers(name, node, "attention_mask");
        if (numbers != null && !hasShape(numbers, ids)) {
            throw wrong("batch '" + name + "': 'attention_mask' has not the shape of 'input_ids'");
        }
        for (int row = 0; row < mask.length; row++) {
            for (int column = 0; column < mask[row].length; column++) {
                mask[row][column] = numbers == null || numbers[row][column] != 0;
            }
        }
        return mask;
    }

    private static boolean hasShape(int[][] numbers, int[][] ids) {
        return numbers.length == ids.length && Stream.of(numbers).allMatch(row -> row.length == ids[0].length);
    }

    private static int[][] columns(int[][] ids) {
        int[][] positions = new int[ids.length][ids[0].length];
        for (int[] row : positions) {
            for (int column = 0; column < row.length; column++) {
                row[column] = column;
            }
        }
        return positions;
    }

    private int[][] numbers(String name, JsonNode node, String key) {
        JsonNode rows = node.path(key);
        int[][] numbers = new int[rows.size()][];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = new int[rows.get(row).size()];
            for (int column = 0; column < numbers[row].length; column++) {
                JsonNode value = rows.get(row).get(column);
                if (!value.canConvertToInt() || !value.isIntegralNumber()) {
                    throw wrong("batch '" + name + "': '" + key + "' has '" + value + "' in row " + row + ", column "
                            + column);
                }
                numbers[row][column] = value.intValue();
            }
        }
        return numbers;
    }

    private ArrakisException wrong(String what) {
        return new ArrakisException(
                ErrorCode.DATA_ROW, file.toString(), what, "write rows of whole numbers of one length");
    }
}
