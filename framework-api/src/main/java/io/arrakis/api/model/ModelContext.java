package io.arrakis.api.model;

import io.arrakis.api.stability.Experimental;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a source of models may know beside the reference.
 *
 * @param base           the directory that relative paths start from: that of the experiment file
 * @param cacheDirectory a directory that a source may keep files in, which other processes use too: a file must appear
 *                       there complete, by a rename
 */
@Experimental
public record ModelContext(Path base, Path cacheDirectory) {
    /** Checks that nothing is null. */
    public ModelContext {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(cacheDirectory, "cacheDirectory");
    }
}
