package io.arrakis.runtime.plan;

import java.util.Objects;

/**
 * Which model a pass goes through.
 *
 * @param label       for people: {@code minilm}, {@code random model of minilm (seed 1)}
 * @param fingerprint decides the numbers: configuration, weights and number type
 */
public record ModelKey(String label, String fingerprint) {

    /** Checks that nothing is null. */
    public ModelKey {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
