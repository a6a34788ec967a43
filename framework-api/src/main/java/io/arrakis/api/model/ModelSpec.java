package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/** Which model an experiment means. */
@Stable
public sealed interface ModelSpec {
    /**
     * A model that a {@link ModelSource} opens.
     *
     * @param reference a built-in name, a directory, or what a source of a plug-in understands
     */
    record Named(String reference) implements ModelSpec {
        /** Checks that it is not empty. */
        public Named {
            requireText(reference, "model");
        }
    }

    /**
     * The shape and tokenizer of another model, with random weights.
     *
     * @param like reference of the other model
     * @param seed decides every weight
     */
    record RandomLike(String like, long seed) implements ModelSpec {
        /** Checks that it is not empty. */
        public RandomLike {
            requireText(like, "like");
        }
    }

    /**
     * A configuration file with random weights.
     *
     * @param config path of the file; a tokenizer is looked for beside it
     * @param seed   decides every weight
     */
    record RandomConfig(String config, long seed) implements ModelSpec {
        /** Checks that it is not empty. */
        public RandomConfig {
            requireText(config, "config");
        }
    }

    private static void requireText(String value, String what) {
        if (Objects.requireNonNull(value, what).isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
    }
}
