package io.arrakis.runtime.files;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what a disk refused, where, and how to mend it. */
public final class DiskProblems {

    private DiskProblems() {}

    /**
     * Returns the problem of something that could not be written: {@code DISK-FULL} where no space is left, else {@code
     * DIRECTORY}.
     *
     * @param path what was to be written
     */
    public static ArrakisException notWritten(Path path, IOException cause) {
        return new ArrakisException(List.of(problem(path, cause)), cause);
    }

    private static Problem problem(Path path, IOException cause) {
        return isFull(cause)
                ? Problem.error(
                        ErrorCode.DISK_FULL,
                        SourceLocation.of(path.toString()),
                        "no space is left on the disk",
                        "free some space, or choose another directory")
                : Problem.error(
                        ErrorCode.DIRECTORY,
                        SourceLocation.of(path.toString()),
                        "it cannot be written: " + reason(cause),
                        "choose a directory that you may write to");
    }

    /**
     * Returns why nothing could be written below a directory, as far as that can be told without writing; it and those above it
     * need not be there.
     */
    public static Optional<Problem> unwritable(Path directory) {
        Path there = directory.toAbsolutePath();
        while (there.getParent() != null && Files.notExists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return Optional.of(problem(directory, new FileAlreadyExistsException(there.toString())));
        }
        return Files.isWritable(there)
                ? Optional.empty()
                : Optional.of(problem(directory, new AccessDeniedException(there.toString())));
    }

    /** Returns whether the cause is a full disk or a used-up quota. */
    static boolean isFull(IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("not enough space")
                || message.contains("disk quota exceeded");
    }

    /** Returns in a sentence's words why a file or directory cannot be read or written. */
    public static String reason(Exception cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no such place";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "something else is in its place";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
