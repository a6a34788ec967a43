package io.arrakis.tools.lens;

import io.arrakis.api.operation.Description;
import java.util.Optional;

/**
 * Two inputs that differ in what matters, of as many tokens each.
 *
 * @param clean      the input with what is looked for
 * @param corrupted  the input without
 * @param answer     what the model says after the clean one
 * @param distractor what it says instead
 */
public record PromptPair(
        @Description("The input with what is looked for.") String clean,

        @Description("The input without it, of as many tokens.")
        String corrupted,

        @Description("The token that fits the clean input, with a space before it where the tokenizer has it so.")
        Optional<String> answer,

        @Description("The token that fits the corrupted input.")
        Optional<String> distractor) {}
