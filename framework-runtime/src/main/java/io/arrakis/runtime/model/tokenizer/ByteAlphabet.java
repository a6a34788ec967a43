package io.arrakis.runtime.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The characters that byte-level vocabularies write bytes with: the printable characters of Latin-1 stand for themselves,
 * the other 68 bytes for U+0100 and on, in their order.
 *
 * @see "Radford et al. 2019, Language Models are Unsupervised Multitask Learners, section 2.2, and its released encoder"
 */
final class ByteAlphabet {

    private static final int FIRST_MOVED = 0x100;
    private static final int[] BYTE_OF_CHAR = byteOfChar();

    private ByteAlphabet() {}

    private static int[] byteOfChar() {
        int moved = FIRST_MOVED;
        int[] bytes = new int[2 * FIRST_MOVED];
        Arrays.fill(bytes, -1);
        for (int value = 0; value < FIRST_MOVED; value++) {
            bytes[printable(value) ? value : moved++] = value;
        }
        return bytes;
    }

    private static boolean printable(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xa1 && value <= 0xac) || value >= 0xae;
    }

    /** Returns the text that a token stands for; empty where it is not whole characters, or not of this alphabet. */
    static Optional<String> text(String token) {
        ByteBuffer bytes = ByteBuffer.allocate(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c >= BYTE_OF_CHAR.length || BYTE_OF_CHAR[c] < 0) {
                return Optional.empty();
            }
            bytes.put((byte) BYTE_OF_CHAR[c]);
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty(); // a part of a character
        }
    }
}
