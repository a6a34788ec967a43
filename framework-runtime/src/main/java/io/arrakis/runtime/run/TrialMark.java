package io.arrakis.runtime.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which trial of a sweep a run is.
 *
 * @param id           the trial
 * @param settings     what the sweep set, by path
 * @param attempt      how often the trial has begun, from 1
 * @param batchDivisor 1, or by what batches are smaller since memory was short
 */
public record TrialMark(String id, Map<String, String> settings, int attempt, int batchDivisor) {

    /** Copies the map, in its order. */
    public TrialMark {
        Objects.requireNonNull(id, "id");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
