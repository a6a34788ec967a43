package io.arrakis.api.data;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * What a data source may know beside its parameters.
 *
 * @param name name of the data set in the experiment
 * @param seed seed of the experiment, for sources that draw
 */
@Stable
public record DataContext(String name, long seed) {

    /** Checks that the name is there. */
    public DataContext {
        Objects.requireNonNull(name, "name");
    }
}
