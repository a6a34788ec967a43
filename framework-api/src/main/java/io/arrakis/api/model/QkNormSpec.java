package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * A norm of queries and keys before rotary.
 *
 * @param norm how it works
 * @param span which numbers are normed together, and with what weights
 */
@Stable
public record QkNormSpec(NormSpec norm, Span span) {
    /** Over what a query or key is normed. */
    public enum Span {
        /** Each head by itself, all heads with the same weight. */
        PER_HEAD_SHARED,
        /** Each head by itself, with a weight of its own. */
        PER_HEAD_OWN,
        /** All heads together. */
        ALL_HEADS
    }

    /** Checks that nothing is null. */
    public QkNormSpec {
        Objects.requireNonNull(norm, "norm");
        Objects.requireNonNull(span, "span");
    }
}
