package io.arrakis.runtime.result;

import io.arrakis.api.problem.ErrorCode;

/** A result that cannot be written, or cannot be read as what was asked for. The writer's caller knows whose it is. */
public final class UnfitResultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    UnfitResultException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    UnfitResultException(String message, Throwable cause) {
        super(message, cause);
        this.code = ErrorCode.TOOL_FAILED;
    }

    static UnfitResultException notFinite(Place place, double value) {
        return new UnfitResultException(ErrorCode.NOT_FINITE, place + " is " + value);
    }

    static UnfitResultException of(Place place, String what) {
        return new UnfitResultException(ErrorCode.TOOL_FAILED, place + " " + what);
    }

    /** Returns {@code NOT_FINITE} or {@code TOOL_FAILED}. */
    public ErrorCode code() {
        return code;
    }
}
