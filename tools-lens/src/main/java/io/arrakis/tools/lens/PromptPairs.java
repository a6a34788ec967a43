package io.arrakis.tools.lens;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.Inline;
import java.util.List;

/** Clean and corrupted inputs: a list, or a data set with the fields {@code clean}, {@code corrupted} and the like. */
public sealed interface PromptPairs {

    /**
     * Pairs written in the experiment.
     *
     * @param pairs the pairs
     */
    @Inline
    record Listed(List<PromptPair> pairs) implements PromptPairs {
        /** Copies the list. */
        public Listed {
            pairs = List.copyOf(pairs);
        }
    }

    /**
     * The rows of a data set.
     *
     * @param data the data set
     */
    @Inline
    record OfData(DataRef data) implements PromptPairs {}
}
