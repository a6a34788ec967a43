package io.arrakis.runtime.run;

import io.arrakis.runtime.plugin.OperationType;
import java.util.Objects;
import java.util.Set;

/**
 * A step to run.
 *
 * @param name       its name
 * @param operation  what it does
 * @param parameters with what
 * @param reads      names of the earlier steps that it reads
 * @param controls   which controls are made of it
 */
public record StepSpec(
        String name, OperationType operation, StepParameters parameters, Set<String> reads, Controls controls) {

    /** Copies the set. */
    public StepSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(controls, "controls");
        reads = Set.copyOf(reads);
    }
}
