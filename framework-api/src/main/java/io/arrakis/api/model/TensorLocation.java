package io.arrakis.api.model;

import io.arrakis.api.stability.Experimental;
import java.util.List;
import java.util.Objects;

/**
 * Where in a checkpoint a weight stands.
 *
 * @param names  names that files give it, the usual one first; the first that is there is taken
 * @param layout which axis of a matrix comes first
 * @param rows   which outputs of a tensor that several weights share
 */
@Experimental
public record TensorLocation(List<String> names, TensorLayout layout, Rows rows) {
    /**
     * Runs of outputs, equally far apart.
     *
     * @param first  first output of the first run
     * @param length outputs of a run
     * @param stride from the start of a run to the start of the next
     * @param count  runs; 0 for the whole tensor
     */
    public record Rows(int first, int length, int stride, int count) {
        /** The whole tensor. */
        public static final Rows ALL = new Rows(0, 0, 0, 0);

        /** One run. */
        public static Rows range(int first, int length) {
            return new Rows(first, length, length, 1);
        }

        /** Whether the whole tensor is meant. */
        public boolean all() {
            return count == 0;
        }
    }

    /** Checks that there is a name. */
    public TensorLocation {
        names = List.copyOf(names);
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(rows, "rows");
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a tensor needs at least one name");
        }
    }

    /** A whole tensor, {@code [out, in]} if it is a matrix. */
    public static TensorLocation of(String... names) {
        return new TensorLocation(List.of(names), TensorLayout.OUT_IN, Rows.ALL);
    }

    /** The same, stored {@code [in, out]}. */
    public TensorLocation transposed() {
        return new TensorLocation(names, TensorLayout.IN_OUT, rows);
    }

    /** The same, only some outputs. */
    public TensorLocation rows(Rows chosen) {
        return new TensorLocation(names, layout, chosen);
    }
}
