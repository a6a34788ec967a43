package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ErrorCode;
import java.util.Objects;

/**
 * Why a trial failed.
 *
 * @param cause   whose fault it is
 * @param code    the error, such as {@code NOT-FINITE}
 * @param where   a file with line and column, or a step
 * @param message what is wrong, in one sentence
 * @param mend    how to mend it; may be empty
 */
public record TrialFailure(FailureCause cause, String code, String where, String message, String mend) {

    /** Checks that nothing is null. */
    public TrialFailure {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(mend, "mend");
    }

    /** Reads a problem of a manifest. */
    static TrialFailure of(JsonNode problem) {
        String code = problem.path("code").asText();
        return new TrialFailure(
                cause(code),
                code,
                problem.path("where").asText(),
                problem.path("message").asText(),
                problem.path("mend").asText());
    }

    private static FailureCause cause(String code) {
        try {
            return FailureCause.of(ErrorCode.valueOf(code.replace('-', '_')));
        } catch (IllegalArgumentException e) {
            return FailureCause.INTERNAL; // a code of another version
        }
    }

    /** Returns all of it but the cause, in one line: {@code where: CODE: message; mend}. */
    public String text() {
        return where + ": " + code + ": " + message + (mend.isEmpty() ? "" : "; " + mend);
    }
}
