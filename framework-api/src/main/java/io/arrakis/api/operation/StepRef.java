package io.arrakis.api.operation;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * The result of an earlier step, written <code>${steps.NAME}</code>.
 *
 * <p>{@code R} is the reader's own record: where the step belongs to another plug-in, its result is read by structure into it,
 * component by component; components that {@code R} does not have are left out.
 *
 * @param step the name of the step
 * @param <R>  the record to read the result as
 */
@Stable
@SuppressWarnings("UnusedTypeParameter") // read by reflection, to know what to read the result as
public record StepRef<R extends Record>(String step) {

    /** Checks that the name is there. */
    public StepRef {
        Objects.requireNonNull(step, "step");
    }
}
