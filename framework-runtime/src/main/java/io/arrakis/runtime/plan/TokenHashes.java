package io.arrakis.runtime.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of the tokens of texts, text by text. Used once. */
final class TokenHashes {

    private final MessageDigest content = digest("tokens.2");
    private final MessageDigest spans = digest("spans.2");

    private static MessageDigest digest(String version) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(version.getBytes(StandardCharsets.US_ASCII));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(TextRecord text) {
        ByteBuffer tokens = ByteBuffer.allocate(Integer.BYTES + (Integer.BYTES + 1) * text.length());
        ByteBuffer places = ByteBuffer.allocate(Integer.BYTES * (3 + 2 * text.length()));
        tokens.putInt(text.length());
        places.putInt(text.length()).putInt(text.spanStart()).putInt(text.spanEnd());
        for (int pos = 0; pos < text.length(); pos++) {
            tokens.putInt(text.ids()[pos]).put((byte) (text.special(pos) ? 1 : 0));
            places.putInt(text.starts()[pos]).putInt(text.ends()[pos]);
        }
        content.update(tokens.flip());
        spans.update(places.flip());
    }

    /** Returns the hash of lengths, token ids, and of which of them are special. */
    String content() {
        return HexFormat.of().formatHex(content.digest());
    }

    /** Returns the hash of marked parts and of where tokens lie. */
    String spans() {
        return HexFormat.of().formatHex(spans.digest());
    }
}
