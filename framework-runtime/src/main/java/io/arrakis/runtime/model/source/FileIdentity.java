package io.arrakis.runtime.model.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A word that stays the same while a file is left alone. */
final class FileIdentity {

    private FileIdentity() {}

    /** Returns a hash of what the file system knows of a file; reads none of it. */
    static String of(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            boolean unix = real.getFileSystem().supportedFileAttributeViews().contains("unix");
            Object changed = unix ? Files.getAttribute(real, "unix:ctime") : "";
            return new Sha256()
                    .add(real.toString())
                    .add(Long.toString(attributes.size()))
                    .add(attributes.lastModifiedTime().toString())
                    .add(String.valueOf(changed))
                    .add(String.valueOf(attributes.fileKey()))
                    .hex();
        } catch (IOException e) {
            throw new UncheckedIOException("the attributes of " + file + " cannot be read", e);
        }
    }
}
