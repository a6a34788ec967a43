package io.arrakis.runner.command;

import io.arrakis.api.problem.ErrorKind;

/** What the process says when it ends; scripts rely on these numbers. */
public enum ExitStatus {
    /** All that was asked for is done. */
    DONE(0),
    /** A defect of the framework or of a tool. */
    INTERNAL(ErrorKind.INTERNAL.exitStatus()),
    /** The user's input is wrong; nothing was run. */
    INPUT(ErrorKind.USER.exitStatus()),
    /** Device, memory, disk or a directory are not what the work needs. */
    RESOURCE(ErrorKind.RESOURCE.exitStatus()),
    /** Some trials of a sweep failed. */
    TRIALS(4),
    /** A check did not hold. */
    CHECK(ErrorKind.CHECK.exitStatus()),
    /** The user stopped it. */
    INTERRUPTED(130);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    /** Returns the number. */
    public int number() {
        return number;
    }
}
