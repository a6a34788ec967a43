package io.arrakis.runtime.safetensors;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.nio.file.Path;
import java.util.List;

/** A file that is not what its format demands. */
public final class DamagedFileException extends ArrakisException {

    private static final long serialVersionUID = 1L;

    private final long offset;

    /**
     * Makes the exception.
     *
     * @param offset byte of the file at which the damage shows
     * @param what   what is wrong there, a sentence without a full stop
     */
    public DamagedFileException(Path file, long offset, String what) {
        this(file, offset, what, null);
    }

    /** Makes the exception with the one that led to it. */
    public DamagedFileException(Path file, long offset, String what, Throwable cause) {
        super(List.of(problem(file, offset, what)), cause);
        this.offset = offset;
    }

    private static Problem problem(Path file, long offset, String what) {
        return Problem.error(
                ErrorCode.MODEL_FILE,
                SourceLocation.of(file.toString()),
                "damaged file, at byte " + offset + ": " + what,
                "fetch or write the file again");
    }

    /** Returns the byte of the file at which the damage shows. */
    public long offset() {
        return offset;
    }
}
