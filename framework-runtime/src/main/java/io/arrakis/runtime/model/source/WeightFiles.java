package io.arrakis.runtime.model.source;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.safetensors.DamagedFileException;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the weights of a directory in Hugging Face layout: one safetensors file, or several with an index. */
final class WeightFiles {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*");
    private static final Set<String> ENCODERS = Set.of("bert", "roberta");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private WeightFiles() {}

    /**
     * Opens the weights of a directory; reads the headers of the files only.
     *
     * @param config says what to convert them with where they are pickled
     * @throws ArrakisException with {@code MODEL-FILE} or {@code FILE-MISSING}
     */
    static TensorFiles open(Path directory, ModelConfig config) {
        Path single = directory.resolve(SINGLE);
        if (Files.isRegularFile(single)) {
            return single(SafetensorsFile.open(single));
        }
        Path index = directory.resolve(INDEX);
        if (Files.isRegularFile(index)) {
            return sharded(index);
        }
        throw missing(directory, config);
    }

    private static TensorFiles single(SafetensorsFile file) {
        Map<String, SafetensorsFile> byName = new HashMap<>();
        file.entries().keySet().forEach(name -> byName.put(name, file));
        return new TensorFiles(byName);
    }

    private static TensorFiles sharded(Path index) {
        Map<String, SafetensorsFile> shards = new HashMap<>();
        Map<String, SafetensorsFile> byName = new HashMap<>();
        weightMap(index).forEach((name, shard) -> {
            SafetensorsFile file = shards.computeIfAbsent(shard, s -> SafetensorsFile.open(index.resolveSibling(s)));
            if (!file.entries().containsKey(name)) {
                throw damaged(
                        index, "it says that tensor '" + name + "' is in " + shard + ", which has no such tensor");
            }
            byName.put(name, file);
        });
        return new TensorFiles(byName);
    }

    private static Map<String, String> weightMap(Path index) {
        JsonNode map;
        try {
            map = JSON.readTree(Files.readAllBytes(index)).path("weight_map");
        } catch (IOException e) {
            throw new DamagedFileException(index, 0, "it is not JSON", e);
        }
        if (map.isEmpty() || !map.isObject()) {
            throw damaged(index, "it has no weight_map");
        }
        Map<String, String> shards = new HashMap<>();
        map.properties().forEach(entry -> {
            String shard = entry.getValue().asText();
            if (!shard.endsWith(".safetensors") || shard.contains("/") || shard.contains("\\")) {
                throw damaged(
                        index,
                        "tensor '" + entry.getKey() + "' is said to be in '" + shard
                                + "', which is no safetensors file beside it");
            }
            shards.put(entry.getKey(), shard);
        });
        return shards;
    }

    private static ArrakisException damaged(Path index, String what) {
        return new ArrakisException(ErrorCode.MODEL_FILE, index.toString(), what, "fetch the files of one model again");
    }

    private static ArrakisException missing(Path directory, ModelConfig config) {
        List<String> pickled = namesEnding(directory, ".bin", ".pt", ".pth", ".ckpt");
        if (!pickled.isEmpty()) {
            return new ArrakisException(
                    ErrorCode.MODEL_FILE,
                    directory.toString(),
                    "its weights are pickled (" + String.join(", ", pickled) + "), which can run any code when read",
                    "convert them with " + wholeModel(config)
                            + ".from_pretrained(DIR).save_pretrained(DIR, safe_serialization=True) of transformers");
        }
        return new ArrakisException(
                ErrorCode.FILE_MISSING,
                directory.toString(),
                "the directory has no weights: neither " + SINGLE + " nor " + INDEX,
                "name the file so, or write the model with save_pretrained(..) of transformers");
    }

    /** The class of transformers that reads a model with its head, which AutoModel leaves out. */
    private static String wholeModel(ModelConfig config) {
        Optional<String> named = config.raw("architectures")
                .filter(value -> value instanceof List<?> list && !list.isEmpty())
                .map(value -> String.valueOf(((List<?>) value).get(0)))
                .filter(name -> CLASS.matcher(name).matches());
        return named.orElseGet(() -> {
            boolean encodes =
                    config.raw("model_type").filter(ENCODERS::contains).isPresent()
                            && !config.raw("is_decoder").equals(Optional.of(true));
            return encodes ? "AutoModelForMaskedLM" : "AutoModelForCausalLM";
        });
    }

    private static List<String> namesEnding(Path directory, String... endings) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> Stream.of(endings).anyMatch(name::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ArrakisException(
                    List.of(Problem.error(
                            ErrorCode.FILE_MISSING,
                            SourceLocation.of(directory.toString()),
                            "the directory cannot be read: " + DiskProblems.reason(e),
                            "give yourself the right to read it, or name another directory")),
                    e);
        }
    }
}
