package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.List;

/**
 * What a file says of one of its tensors.
 *
 * @param type  how its numbers are stored, in the file's own word, such as {@code BF16}
 * @param shape sizes, outermost first; empty for a single number
 */
@Stable
public record TensorInfo(String type, List<Long> shape) {
    /** Copies the shape. */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** How many numbers it has. */
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
