package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;

/** Who can mend a problem, and with it the exit status of the process. */
@Stable
public enum ErrorKind {
    /** The user's input: exit status 2, no stack trace. */
    USER(2),
    /** Device, memory, disk, a directory that cannot be written: exit status 3, no stack trace. */
    RESOURCE(3),
    /** A stated check did not hold: exit status 5. */
    CHECK(5),
    /** A defect of a tool or of the framework: exit status 1. */
    INTERNAL(1);

    private final int exitStatus;

    ErrorKind(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /** Returns the exit status of a process that ends with a problem of this kind. */
    public int exitStatus() {
        return exitStatus;
    }
}
