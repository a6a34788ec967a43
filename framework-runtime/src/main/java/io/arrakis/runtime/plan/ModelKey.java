package io.arrakis.runtime.plan;

import java.util.Objects;

/**
 * Which model a pass goes through.
 *
 * <p>It tells passes of one run, or of the trials of one sweep, apart without a look at the weights; what is kept of a pass is
 * known by the content of the weights that decide it.
 *
 * @param label     for people: {@code minilm}, {@code random model of minilm (seed 1)}
 * @param reference equal texts name one model: where it comes from, its configuration and number type
 */
public record ModelKey(String label, String reference) {

    /** Checks that nothing is null. */
    public ModelKey {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(reference, "reference");
    }
}
