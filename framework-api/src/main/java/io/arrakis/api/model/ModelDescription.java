package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * What is known of a model before its weights are touched.
 *
 * @param name         as the experiment names it
 * @param family       the {@code model_type} of its configuration, such as {@code gpt2}
 * @param architecture what it computes
 */
@Stable
public record ModelDescription(String name, String family, Architecture architecture) {
    /** Checks that nothing is null. */
    public ModelDescription {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(architecture, "architecture");
    }

    /** How many numbers were learned. */
    public long parameterCount() {
        return architecture.parameterCount();
    }
}
