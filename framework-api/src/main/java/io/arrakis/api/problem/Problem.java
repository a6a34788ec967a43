package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * One thing that is wrong: what, where, and how to mend it.
 *
 * @param code     what kind of thing
 * @param severity whether anything runs in spite of it
 * @param location where the user wrote it
 * @param message  what is wrong, one sentence without a full stop
 * @param mend     how to mend it, one sentence without a full stop; empty where the message says it
 */
@Stable
public record Problem(ErrorCode code, Severity severity, SourceLocation location, String message, String mend) {

    /** Checks that nothing is null. */
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(mend, "mend");
    }

    /** Returns an error. */
    public static Problem error(ErrorCode code, SourceLocation location, String message, String mend) {
        return new Problem(code, Severity.ERROR, location, message, mend);
    }

    /** Returns a warning. */
    public static Problem warning(ErrorCode code, SourceLocation location, String message, String mend) {
        return new Problem(code, Severity.WARNING, location, message, mend);
    }

    /** Returns whether nothing may run while this stands. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Returns {@code file:line:column: error CODE: message; mend}, the form that editors know. */
    @Override
    public String toString() {
        String word = isError() ? "error" : "warning";
        String tail = mend.isEmpty() ? "" : "; " + mend;
        return location + ": " + word + " " + code.id() + ": " + message + tail;
    }
}
