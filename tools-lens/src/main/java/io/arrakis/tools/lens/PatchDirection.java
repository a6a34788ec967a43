package io.arrakis.tools.lens;

import io.arrakis.api.operation.Description;

/** From which run to which. */
public enum PatchDirection {
    /** Activations of the clean run into the corrupted one: which of them are enough to restore the answer? */
    @Description("Clean activations into the corrupted run: which are enough to restore the answer?")
    CLEAN_INTO_CORRUPTED,
    /** Activations of the corrupted run into the clean one: which of them are enough to break the answer? */
    @Description("Corrupted activations into the clean run: which are enough to break the answer?")
    CORRUPTED_INTO_CLEAN
}
