package io.arrakis.runtime.sweep;

import io.arrakis.runtime.spec.Experiment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One cell of a sweep.
 *
 * @param id         hash of the resolved experiment with the fingerprints of model and data; names its folder
 * @param settings   what the sweep set, by path, as it is written
 * @param experiment what is run
 */
public record Trial(String id, Map<String, String> settings, Experiment experiment) {

    /** Copies the map, in its order. */
    public Trial {
        Objects.requireNonNull(id, "id");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        Objects.requireNonNull(experiment, "experiment");
    }

    /** Returns the settings on one line, the last part of each path for its whole. */
    public String label() {
        StringBuilder label = new StringBuilder();
        settings.forEach((path, value) -> label.append(label.isEmpty() ? "" : ", ")
                .append(path.substring(path.lastIndexOf('.') + 1))
                .append('=')
                .append(value));
        return label.toString();
    }
}
