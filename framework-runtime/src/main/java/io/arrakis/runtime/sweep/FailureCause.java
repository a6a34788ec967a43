package io.arrakis.runtime.sweep;

import io.arrakis.api.problem.ErrorCode;
import java.util.Locale;

/** Whose fault the failure of a trial is. */
public enum FailureCause {
    /** The settings do not fit the operation, the model or the limit of the cache. */
    CONFIG,
    /** The data, or another file that is read, are not there, cannot be read, or are not enough. */
    DATA,
    /** There is not enough memory. */
    MEMORY,
    /** A result is not a number. */
    NUMERIC,
    /** A tool threw what it did not explain, or cannot be loaded. */
    TOOL,
    /** A device or native library is not there. */
    DEVICE,
    /** The disk is full or cannot be written; the sweep stops, and goes on from here. */
    DISK,
    /** A check did not hold. */
    CHECK,
    /** A defect of the framework. */
    INTERNAL;

    /** Returns the cause that an error stands for. */
    public static FailureCause of(ErrorCode code) {
        return switch (code) {
            case DATA_ROW, DATA_UNFIT, DATA_CUT, FILE_MISSING -> DATA;
            case MEMORY -> MEMORY;
            case NOT_FINITE -> NUMERIC;
            case TOOL_FAILED, TOOL_BROKEN -> TOOL;
            case DEVICE_MISSING, NATIVES -> DEVICE;
            case DISK_FULL, DIRECTORY -> DISK;
            case CHECK_FAILED -> CHECK;
            case INTERNAL -> INTERNAL;
            case SPEC_SYNTAX,
                    SPEC_UNKNOWN_KEY,
                    SPEC_MISSING_KEY,
                    SPEC_DUPLICATE_KEY,
                    SPEC_TYPE,
                    SPEC_RANGE,
                    SPEC_CHOICE,
                    SPEC_NAME,
                    SPEC_REFERENCE,
                    SPEC_CYCLE,
                    SPEC_UNUSED,
                    UNKNOWN_TOOL,
                    UNKNOWN_OPERATION,
                    UNKNOWN_HOOK,
                    UNKNOWN_MODEL,
                    UNKNOWN_SOURCE,
                    TOOL_INPUT,
                    MODEL_CONFIG,
                    MODEL_FILE,
                    USAGE,
                    CACHE_LIMIT -> CONFIG;
        };
    }

    /** Returns the word in files and tables, such as {@code memory}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
