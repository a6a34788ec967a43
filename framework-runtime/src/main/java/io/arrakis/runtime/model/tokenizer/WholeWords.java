package io.arrakis.runtime.model.tokenizer;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Encoding.Span;

/**
 * Which tokens of a text are whole words: what they stand for, without spaces around it, has letters only (and combining
 * marks), and neither a letter, a digit nor a part of another token is next to it.
 *
 * <p>The text decides, not the marks that a vocabulary puts on its tokens, so that all kinds of tokenizers agree. A hyphen
 * or an apostrophe ends a word, as it does for BERT. Ideographs, which are written without spaces, end a word too. Tokens
 * added around the text and those for what the vocabulary lacks are none.
 */
public final class WholeWords {

    private WholeWords() {}

    /**
     * Returns for each token whether it is a whole word.
     *
     * @param text     what was encoded, one text
     * @param encoding its tokens
     */
    public static boolean[] of(String text, Encoding encoding) {
        boolean[] whole = new boolean[encoding.size()];
        for (int position = 0; position < whole.length; position++) {
            whole[position] = !encoding.special(position)
                    && !standsForUnknown(encoding.tokens().get(position))
                    && isWord(text, encoding, position);
        }
        return whole;
    }

    private static boolean isWord(String text, Encoding encoding, int position) {
        Span span = stripped(text, encoding.spans().get(position));
        return Letters.only(text.subSequence(span.start(), span.end()))
                && (span.start() == 0 || !Letters.prolongs(text.codePointBefore(span.start())))
                && (span.end() == text.length() || !Letters.prolongs(text.codePointAt(span.end())))
                && !overlaps(encoding, position - 1, span)
                && !overlaps(encoding, position + 1, span);
    }

    /** Some tokenizers count the space before a word to its token. */
    private static Span stripped(String text, Span span) {
        int start = span.start();
        int end = span.end();
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Span(start, end);
    }

    /** A character of several bytes may be spread over tokens, which then all have the span of the whole of it. */
    private static boolean overlaps(Encoding encoding, int neighbour, Span span) {
        if (neighbour < 0 || neighbour >= encoding.size() || encoding.special(neighbour)) {
            return false;
        }
        Span other = encoding.spans().get(neighbour);
        return Math.max(other.start(), span.start()) < Math.min(other.end(), span.end());
    }

    /** Letters are never written with brackets in a vocabulary, so this is {@code [UNK]}, {@code <unk>} or a byte. */
    private static boolean standsForUnknown(String token) {
        return token.startsWith("[") || token.startsWith("<");
    }
}
