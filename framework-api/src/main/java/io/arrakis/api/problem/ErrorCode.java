package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;

/** What is wrong, as a word that scripts can rely on and that the documentation lists. */
@Stable
public enum ErrorCode {
    /** The file is not well-formed YAML, or uses a part of YAML that experiments do not allow. */
    SPEC_SYNTAX(ErrorKind.USER),
    /** A key that nothing reads. */
    SPEC_UNKNOWN_KEY(ErrorKind.USER),
    /** A key that must be there is not. */
    SPEC_MISSING_KEY(ErrorKind.USER),
    /** A key stands twice in one mapping. */
    SPEC_DUPLICATE_KEY(ErrorKind.USER),
    /** A value of another type than its parameter's. */
    SPEC_TYPE(ErrorKind.USER),
    /** A value outside of its range, also one that the model or the data set sets. */
    SPEC_RANGE(ErrorKind.USER),
    /** A word that is not among the choices. */
    SPEC_CHOICE(ErrorKind.USER),
    /** A name that is not a plain file name. */
    SPEC_NAME(ErrorKind.USER),
    /** A reference to something that is not there, or in a place where none may stand. */
    SPEC_REFERENCE(ErrorKind.USER),
    /** Steps that need each other. */
    SPEC_CYCLE(ErrorKind.USER),
    /** Something declared that nothing uses. */
    SPEC_UNUSED(ErrorKind.USER),
    /** A tool that no plug-in offers. */
    UNKNOWN_TOOL(ErrorKind.USER),
    /** An operation that its tool does not have. */
    UNKNOWN_OPERATION(ErrorKind.USER),
    /** A hook point that the model does not have. */
    UNKNOWN_HOOK(ErrorKind.USER),
    /** A model that no source can open. */
    UNKNOWN_MODEL(ErrorKind.USER),
    /** A kind of data source that no plug-in offers. */
    UNKNOWN_SOURCE(ErrorKind.USER),
    /** A file or directory that is not there or cannot be read. */
    FILE_MISSING(ErrorKind.USER),
    /** A row of a data set that cannot be read. */
    DATA_ROW(ErrorKind.USER),
    /** A data set that has too little, or not the fields, for what is asked of it. */
    DATA_UNFIT(ErrorKind.USER),
    /** A text longer than what the model reads; it was cut. */
    DATA_CUT(ErrorKind.USER),
    /** A parameter that fits its type and range, yet not this operation on this input. */
    TOOL_INPUT(ErrorKind.USER),
    /** A plug-in that could not be loaded. */
    TOOL_BROKEN(ErrorKind.USER),
    /** A model description with a key that would change the numbers and that its family does not know. */
    MODEL_CONFIG(ErrorKind.USER),
    /** A file of a model that is damaged or has not what its description promises. */
    MODEL_FILE(ErrorKind.USER),
    /** A wrong command line. */
    USAGE(ErrorKind.USER),
    /** A device that was asked for and is not there. */
    DEVICE_MISSING(ErrorKind.RESOURCE),
    /** Native libraries that are not there or compute wrong numbers. */
    NATIVES(ErrorKind.RESOURCE),
    /** Not enough memory. */
    MEMORY(ErrorKind.RESOURCE),
    /** Not enough disk space. */
    DISK_FULL(ErrorKind.RESOURCE),
    /** Activations of one experiment that are more than the cache may hold, as it is set. */
    CACHE_LIMIT(ErrorKind.RESOURCE),
    /** A directory or file that cannot be written. */
    DIRECTORY(ErrorKind.RESOURCE),
    /** A check that the user asked for did not hold. */
    CHECK_FAILED(ErrorKind.CHECK),
    /** A result, or an activation of a real token, that is NaN or infinite. */
    NOT_FINITE(ErrorKind.INTERNAL),
    /** A tool threw an exception that it did not explain. */
    TOOL_FAILED(ErrorKind.INTERNAL),
    /** A defect of the framework. */
    INTERNAL(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    ErrorCode(ErrorKind kind) {
        this.kind = kind;
    }

    /** Returns who can mend it. */
    public ErrorKind kind() {
        return kind;
    }

    /** Returns the code as it is printed, such as {@code SPEC-RANGE}. */
    public String id() {
        return name().replace('_', '-');
    }
}
