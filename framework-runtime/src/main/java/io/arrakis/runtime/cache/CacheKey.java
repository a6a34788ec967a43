package io.arrakis.runtime.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Name of a matrix in the cache: a SHA-256 of everything that decides its numbers.
 *
 * @param hash 64 lower-case hexadecimal digits
 */
public record CacheKey(String hash) implements Comparable<CacheKey> {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /** Checks the form. */
    public CacheKey {
        if (!FORM.matcher(hash).matches()) {
            throw new IllegalArgumentException("'" + hash + "' is no SHA-256");
        }
    }

    /**
     * Makes a key of named parts. Two keys are equal exactly where names and values are.
     *
     * @param parts what decides the numbers, by name
     */
    public static CacheKey of(Map<String, String> parts) {
        MessageDigest digest = sha256();
        new TreeMap<>(parts).forEach((name, value) -> {
            update(digest, name);
            update(digest, value);
        });
        return new CacheKey(HexFormat.of().formatHex(digest.digest()));
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(CacheKey other) {
        return hash.compareTo(other.hash);
    }

    @Override
    public String toString() {
        return hash;
    }
}
