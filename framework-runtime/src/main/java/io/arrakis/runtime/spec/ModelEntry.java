package io.arrakis.runtime.spec;

import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inline;
import jakarta.validation.constraints.NotBlank;

/** What stands behind {@code model:}. */
sealed interface ModelEntry {

    /** Returns what the sources of models understand. */
    ModelSpec spec();

    /** Returns the name or path in it. */
    String reference();

    /** A name or a directory, or what a source of a plug-in understands. */
    @Inline
    record Named(
            @Description("A built-in name or a directory.") @NotBlank
            String reference) implements ModelEntry {
        @Override
        public ModelSpec spec() {
            return new ModelSpec.Named(reference);
        }
    }

    /** A model with random weights. */
    record Random(
            @Description("A model with random weights.") Weights random) implements ModelEntry {
        @Override
        public ModelSpec spec() {
            return random.spec();
        }

        @Override
        public String reference() {
            return random.reference();
        }
    }

    /** Where the shape of a model with random weights comes from. */
    sealed interface Weights {
        /** Returns what the sources of models understand. */
        ModelSpec spec();

        /** Returns the name or path in it. */
        String reference();
    }

    /** The shape and the tokenizer of another model. */
    record Like(
            @Description("The model whose shape and tokenizer are taken.") @NotBlank
            String like,

            @Description("Decides every weight.") @DefaultValue("1")
            long seed)
            implements Weights {
        @Override
        public ModelSpec spec() {
            return new ModelSpec.RandomLike(like, seed);
        }

        @Override
        public String reference() {
            return like;
        }
    }

    /** The shape that a configuration file says. */
    record Config(
            @Description("A config.json; a tokenizer is looked for beside it.") @NotBlank
            String config,

            @Description("Decides every weight.") @DefaultValue("1")
            long seed)
            implements Weights {
        @Override
        public ModelSpec spec() {
            return new ModelSpec.RandomConfig(config, seed);
        }

        @Override
        public String reference() {
            return config;
        }
    }
}
