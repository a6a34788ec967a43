package io.arrakis.runtime.run;

import java.util.Objects;
import java.util.Optional;

/**
 * A step, or a control of one.
 *
 * @param step    name of the step
 * @param control which control; empty for the step itself
 */
public record StepId(String step, Optional<Control> control) {

    /** Checks that nothing is null. */
    public StepId {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(control, "control");
    }

    /** Returns the step itself. */
    public static StepId of(String step) {
        return new StepId(step, Optional.empty());
    }

    /** Returns a control of a step. */
    public static StepId of(String step, Control control) {
        return new StepId(step, Optional.of(control));
    }

    /** Returns {@code senses}, or {@code senses (random_model)}. */
    @Override
    public String toString() {
        return control.map(it -> step + " (" + it.id() + ")").orElse(step);
    }
}
