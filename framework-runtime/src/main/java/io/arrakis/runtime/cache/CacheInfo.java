package io.arrakis.runtime.cache;

import java.nio.file.Path;

/**
 * What the cache holds.
 *
 * @param directory    where
 * @param matrices     number of finished files
 * @param bytes        their bytes
 * @param budgetBytes  what they may be at most
 * @param damaged      number of files that were set aside
 * @param damagedBytes their bytes
 * @param freeBytes    free space of the disk
 */
public record CacheInfo(
        Path directory, int matrices, long bytes, long budgetBytes, int damaged, long damagedBytes, long freeBytes) {}
