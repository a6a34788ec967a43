package io.arrakis.runtime.cache;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the cache is and how much it may hold.
 *
 * @param directory   a directory of its own
 * @param diskBytes   files beyond this go, least recently used first
 * @param memoryBytes matrices kept open beyond this are closed, least recently used first
 */
public record CacheSettings(Path directory, long diskBytes, long memoryBytes) {

    /** 20 GB. */
    public static final long DEFAULT_DISK_BYTES = 20_000_000_000L;

    /** 2 GB. */
    public static final long DEFAULT_MEMORY_BYTES = 2_000_000_000L;

    /** Checks the numbers. */
    public CacheSettings {
        Objects.requireNonNull(directory, "directory");
        if (diskBytes < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException("a cache of " + diskBytes + " and " + memoryBytes + " bytes");
        }
    }

    /** Returns the defaults for a directory. */
    public static CacheSettings in(Path directory) {
        return new CacheSettings(directory, DEFAULT_DISK_BYTES, DEFAULT_MEMORY_BYTES);
    }
}
