package io.arrakis.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * Writes what a run directory holds beside its results, such as a report, before the manifest says how the run ended: a manifest
 * that says FINISHED stands in a directory that is whole.
 */
@FunctionalInterface
public interface LastFiles {

    /** Writes nothing. */
    LastFiles NONE = (run, manifest) -> {};

    /**
     * Writes them.
     *
     * @param run      the run directory
     * @param manifest the manifest as it will be written
     * @throws io.arrakis.api.problem.ArrakisException if they cannot be written, which makes the run a failure
     */
    void write(Path run, JsonNode manifest);
}
