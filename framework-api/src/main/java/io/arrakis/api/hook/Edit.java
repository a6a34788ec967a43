package io.arrakis.api.hook;

import io.arrakis.api.stability.Stable;

/** What is done to the numbers at a hook point. */
@Stable
public sealed interface Edit {
    /** Sets them to 0. */
    record Zero() implements Edit {}

    /**
     * Puts other numbers in their place: a mean over a data set, a resampled row, a patch from another input.
     *
     * @param values broadcast from the right
     */
    record Replace(Values values) implements Edit {}

    /**
     * Adds to them.
     *
     * @param values broadcast from the right
     */
    record Add(Values values) implements Edit {}

    /**
     * Multiplies them.
     *
     * @param factor finite
     */
    record Scale(double factor) implements Edit {
        /** Checks the factor. */
        public Scale {
            if (!Double.isFinite(factor)) {
                throw new IllegalArgumentException("factor must be finite, not " + factor);
            }
        }
    }
}
