package io.arrakis.runtime.model.source;

import java.util.List;

/**
 * How the numbers of a tensor are drawn: normally distributed.
 *
 * @param shape     sizes as in a file, outermost first
 * @param mean      of the distribution
 * @param deviation standard deviation; 0 for a constant
 */
record RandomTensor(List<Long> shape, float mean, double deviation) {

    /** Copies the shape. */
    RandomTensor {
        shape = List.copyOf(shape);
    }
}
