package io.arrakis.tools.lens;

import java.util.Optional;

/**
 * A pair as the model reads it.
 *
 * @param id         number in the list, or id of the row
 * @param clean      tokens of the clean input
 * @param corrupted  tokens of the corrupted input, as many
 * @param answer     tokens that are compared, where scores are
 */
record PreparedPair(String id, TokenRow clean, TokenRow corrupted, Optional<Answer> answer) {

    /**
     * Tokens whose scores are compared.
     *
     * @param right    fits the clean input
     * @param wrong    fits the corrupted input
     * @param position where they are said
     */
    record Answer(int right, int wrong, int position) {}

    int length() {
        return clean.length();
    }

    /** Returns the run that is patched. */
    TokenRow base(PatchDirection direction) {
        return direction == PatchDirection.CLEAN_INTO_CORRUPTED ? corrupted : clean;
    }

    /** Returns the run that the patches come from. */
    TokenRow source(PatchDirection direction) {
        return direction == PatchDirection.CLEAN_INTO_CORRUPTED ? clean : corrupted;
    }
}
