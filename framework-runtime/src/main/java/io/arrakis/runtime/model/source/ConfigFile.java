package io.arrakis.runtime.model.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A parsed {@code config.json}.
 *
 * @param origin where it is
 * @param values its content
 */
record ConfigFile(String origin, Map<String, Object> values) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /**
     * Reads a configuration.
     *
     * @throws ArrakisException with {@code FILE-MISSING} where it cannot be read, {@code MODEL-CONFIG} where it is no object
     */
    static ConfigFile read(Path path) {
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw problem(
                    ErrorCode.FILE_MISSING,
                    SourceLocation.of(path.toString()),
                    "the configuration cannot be read: " + DiskProblems.reason(e),
                    "check the path and the rights",
                    e);
        }
    }

    /** Parses a text; as {@link #read}. */
    static ConfigFile parse(String origin, String text) {
        try {
            return new ConfigFile(origin, JSON.readValue(text, new TypeReference<>() {}));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            SourceLocation at = line == 0 ? SourceLocation.of(origin) : SourceLocation.line(origin, line);
            throw problem(
                    ErrorCode.MODEL_CONFIG,
                    at,
                    "the configuration is not a JSON object: "
                            + e.getOriginalMessage().replaceFirst(" \\(start marker.*", ""),
                    "mend it, or fetch it again",
                    e);
        }
    }

    private static ArrakisException problem(
            ErrorCode code, SourceLocation at, String message, String mend, IOException cause) {
        return new ArrakisException(List.of(Problem.error(code, at, message, mend)), cause);
    }

    /** Returns a new view that remembers which keys were read. */
    ModelConfig view() {
        return new ModelConfig(origin, values);
    }

    /** Returns the content with sorted keys and no white space: equal for configurations that say the same. */
    byte[] canonical() {
        try {
            return JSON.writeValueAsString(values).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written as JSON", e);
        }
    }
}
