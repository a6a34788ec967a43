package io.arrakis.runtime.model.source;

import java.util.Map;
import java.util.TreeMap;

/** Which numbers of a tensor were read: ranges that neither overlap nor touch. Safe for use by several threads. */
final class ReadRanges {

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Adds the range from {@code start} to before {@code end}. */
    synchronized void add(long start, long end) {
        if (start >= end) {
            return;
        }
        long first = start;
        long last = end;
        Map.Entry<Long, Long> near = ends.floorEntry(last);
        while (near != null && near.getValue() >= first) {
            first = Math.min(first, near.getKey());
            last = Math.max(last, near.getValue());
            ends.remove(near.getKey());
            near = ends.floorEntry(last);
        }
        ends.put(first, last);
    }

    /** Returns how many numbers were read, each counted once. */
    synchronized long total() {
        return ends.entrySet().stream()
                .mapToLong(range -> range.getValue() - range.getKey())
                .sum();
    }
}
