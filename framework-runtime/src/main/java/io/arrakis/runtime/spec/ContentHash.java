package io.arrakis.runtime.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Hashes of what files hold, wherever they lie. */
public final class ContentHash {

    private ContentHash() {}

    /** Returns {@code sha256:} and the hash of a file, or of the names and contents of all files below a directory. */
    public static String of(Path path) {
        MessageDigest digest = sha256();
        try {
            if (Files.isDirectory(path)) {
                addDirectory(path, digest);
            } else {
                addFile(path, digest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** Returns {@code sha256:} and the hash of what is left of a stream. */
    public static String of(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** Returns {@code sha256:} and the hash of a text. */
    public static String of(String text) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void addDirectory(Path directory, MessageDigest digest) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.walk(directory)) {
            files = below.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = directory.relativize(file).toString().replace('\\', '/');
            digest.update((name + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
            addFile(file, digest);
        }
    }

    private static void addFile(Path file, MessageDigest digest) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
