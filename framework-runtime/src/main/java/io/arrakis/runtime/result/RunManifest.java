package io.arrakis.runtime.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The manifest of a run, for those who have its directory alone. */
public final class RunManifest {

    private static final String NAME = "manifest.json";

    private RunManifest() {}

    /** Returns where the manifest of a run is. */
    public static Path file(Path run) {
        return run.resolve(NAME);
    }

    /**
     * Reads the manifest of a run.
     *
     * @throws ArrakisException with {@code FILE-MISSING} if it is no run directory, or its manifest cannot be read
     */
    public static JsonNode read(Path run) {
        Path manifest = file(run);
        if (!Files.isRegularFile(manifest)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    run.toString(),
                    "it is no run directory: it has no " + NAME,
                    "name a directory below runs/");
        }
        try {
            return Json.read(manifest);
        } catch (IOException e) {
            throw new ArrakisException(
                    List.of(Problem.error(
                            ErrorCode.FILE_MISSING,
                            SourceLocation.of(manifest.toString()),
                            "it cannot be read: " + DiskProblems.reason(e),
                            "run the experiment again")),
                    e);
        }
    }
}
