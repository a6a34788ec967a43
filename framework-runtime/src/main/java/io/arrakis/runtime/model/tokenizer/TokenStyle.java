package io.arrakis.runtime.model.tokenizer;

import java.util.Optional;

/** How the tokens of a vocabulary spell words, and how they say that one begins. */
enum TokenStyle {
    /** A token begins a word unless it starts with {@code ##}. */
    WORD_PIECE {
        @Override
        Optional<String> beginningOfWord(String token) {
            return token.startsWith("##") ? Optional.empty() : Optional.of(token);
        }
    },
    /** Bytes, each written as a printable character; a token that starts with a space, written U+0120, begins a word. */
    BYTE_LEVEL {
        @Override
        Optional<String> beginningOfWord(String token) {
            return ByteAlphabet.text(token).filter(text -> text.startsWith(" ")).map(text -> text.substring(1));
        }
    },
    /** A token that starts with U+2581 begins a word. */
    META_SPACE {
        @Override
        Optional<String> beginningOfWord(String token) {
            return token.startsWith("\u2581") ? Optional.of(token.substring(1)) : Optional.empty();
        }
    },
    /** Every token is a word. */
    WORD_LEVEL {
        @Override
        Optional<String> beginningOfWord(String token) {
            return Optional.of(token);
        }
    };

    /** Returns a token's text where it begins a word. */
    abstract Optional<String> beginningOfWord(String token);

    /** Returns a token's text where it begins a word and has letters only. */
    final Optional<String> word(String token) {
        return beginningOfWord(token).filter(Letters::only);
    }
}
