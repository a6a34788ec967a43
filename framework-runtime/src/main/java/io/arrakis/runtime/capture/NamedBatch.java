package io.arrakis.runtime.capture;

import io.arrakis.api.model.TokenBatch;
import java.util.Objects;

/**
 * A batch with the name that its tensors get in the file.
 *
 * @param name  the part before the first dot
 * @param batch the tokens
 */
public record NamedBatch(String name, TokenBatch batch) {
    /** Checks that nothing is null. */
    public NamedBatch {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(batch, "batch");
    }
}
