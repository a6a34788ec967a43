package io.arrakis.api.model;

import io.arrakis.api.stability.Experimental;
import java.util.Comparator;
import java.util.Objects;

/**
 * Some numbers of a stored tensor: runs of equal length, equally far apart, in the order in which the file has them.
 *
 * @param tensor a key of the catalogue
 * @param first  index of the first number, row-major
 * @param length numbers of a run
 * @param stride from the start of a run to the start of the next
 * @param count  runs
 */
@Experimental
public record TensorPart(String tensor, long first, long length, long stride, long count)
        implements Comparable<TensorPart> {

    private static final Comparator<TensorPart> ORDER = Comparator.comparing(TensorPart::tensor)
            .thenComparingLong(TensorPart::first)
            .thenComparingLong(TensorPart::length)
            .thenComparingLong(TensorPart::stride)
            .thenComparingLong(TensorPart::count);

    /** Checks that nothing is below 0 and that runs do not overlap. */
    public TensorPart {
        Objects.requireNonNull(tensor, "tensor");
        if (first < 0 || length < 0 || count < 0 || (count > 1 && stride < length)) {
            throw new IllegalArgumentException(
                    count + " runs of " + length + " numbers from " + first + ", " + stride + " apart");
        }
    }

    /**
     * All numbers of a tensor.
     *
     * @param size how many there are
     */
    public static TensorPart whole(String tensor, long size) {
        return new TensorPart(tensor, 0, size, size, 1);
    }

    @Override
    public int compareTo(TensorPart other) {
        return ORDER.compare(this, other);
    }
}
