package io.arrakis.api.data;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * A data set of the experiment, written <code>${data.NAME}</code>. A parameter of this type may be left out where the
 * experiment has exactly one data set.
 *
 * @param name the name in the {@code data} block
 */
@Stable
public record DataRef(String name) {

    /** Checks that the name is there. */
    public DataRef {
        Objects.requireNonNull(name, "name");
    }
}
