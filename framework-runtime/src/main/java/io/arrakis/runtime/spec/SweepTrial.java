package io.arrakis.runtime.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One trial of a sweep.
 *
 * @param settings   what the sweep set, by path, as it is written; in the order of the axes
 * @param experiment the experiment with it
 */
public record SweepTrial(Map<String, String> settings, Experiment experiment) {

    /** Copies the map, in its order. */
    public SweepTrial {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        Objects.requireNonNull(experiment, "experiment");
    }
}
