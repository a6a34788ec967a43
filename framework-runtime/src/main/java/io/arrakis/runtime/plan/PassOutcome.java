package io.arrakis.runtime.plan;

import io.arrakis.runtime.cache.ActivationMatrix;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a pass.
 *
 * @param matrices the rows of every target
 * @param computed number of targets that were not in the cache; 0 where no forward pass was run
 * @param examples number of texts that went through the model
 * @param tokens   number of their tokens, padding not counted
 */
public record PassOutcome(SortedMap<Target, ActivationMatrix> matrices, int computed, int examples, long tokens) {

    /** Copies the map. */
    public PassOutcome {
        matrices = Collections.unmodifiableSortedMap(new TreeMap<>(matrices));
    }
}
