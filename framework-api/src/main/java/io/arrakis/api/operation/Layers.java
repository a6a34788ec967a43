package io.arrakis.api.operation;

import io.arrakis.api.stability.Stable;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.stream.IntStream;

/** One layer, some, or all of them. Written as a number, a list of numbers, or the word {@code all}. */
@Stable
public sealed interface Layers {

    /** Returns the indices in a model of so many blocks, each once, in the order in which they were written. */
    List<Integer> in(int nLayers, LayerKind kind);

    /** One layer. */
    @Inline
    record One(int layer) implements Layers {
        @Override
        public List<Integer> in(int nLayers, LayerKind kind) {
            return List.of(layer);
        }
    }

    /**
     * Some layers.
     *
     * @param layers at least one, as they were written
     */
    @Inline
    record Some(@NotEmpty List<Integer> layers) implements Layers {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Some {
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("there must be at least one layer");
            }
            layers = List.copyOf(layers);
        }

        @Override
        public List<Integer> in(int nLayers, LayerKind kind) {
            return layers.stream().distinct().toList();
        }
    }

    /** All layers. */
    record All() implements Layers {
        @Override
        public List<Integer> in(int nLayers, LayerKind kind) {
            return IntStream.rangeClosed(0, kind.last(nLayers)).boxed().toList();
        }
    }
}
