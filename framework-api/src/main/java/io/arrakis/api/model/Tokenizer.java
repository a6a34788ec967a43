package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns text into token ids and back, exactly as the model's own tokenizer does; it neither cuts nor pads.
 *
 * <p>Safe for use by several threads.
 */
@Stable
public interface Tokenizer {
    /** Whether the tokens are put around a text that the model expects there, such as {@code [CLS]} and {@code [SEP]}. */
    enum SpecialTokens {
        /** They are. */
        ADD,
        /** Only the text. */
        NONE
    }

    /** The tokens of a text. */
    Encoding encode(String text, SpecialTokens special);

    /** The tokens of two texts as one input, with special tokens and token types. */
    Encoding encodePair(String first, String second);

    /**
     * The text that ids stand for, special tokens kept, spaces not cleaned up.
     *
     * @param ids 0..vocabularySize-1 each
     */
    String decode(int... ids);

    /** The token of an id, as it stands in the vocabulary; empty string for an id that has none. */
    String token(int id);

    /** The id of a token, as it stands in the vocabulary. */
    OptionalInt id(String token);

    /**
     * The word that a token is by itself: the token begins a word, and has letters only. A token may be one in one text and
     * a part of a longer word in another; what it is in a text, {@code TokenRows.wholeWord} says.
     *
     * @param id 0..vocabularySize-1
     * @return the word as the vocabulary spells it, without its marks, such as {@code cat} for GPT-2's token of a space and
     *     cat; empty for special tokens, continuations, digits, punctuation
     */
    Optional<String> word(int id);

    /** How many ids there are, added tokens included. */
    int vocabularySize();

    /** A hash of everything that decides the tokens of a text, lower-case hexadecimal. */
    String fingerprint();

    /** The id that fills rows up; padding is known by the mask alone, so any id will do where the model names none. */
    int padId();
}
