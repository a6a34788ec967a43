package io.arrakis.runner.command;

import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/** Reads the model that a command line names. */
final class ModelReference {

    private ModelReference() {}

    /**
     * Returns it.
     *
     * @param where what names it, for messages
     */
    static ModelSpec of(String text, String where) {
        if (text.isBlank()) {
            throw new ArrakisException(
                    ErrorCode.USAGE,
                    where,
                    "it is blank",
                    "name a built-in model or a directory in Hugging Face layout");
        }
        return new ModelSpec.Named(text);
    }
}
