package io.arrakis.runtime.run;

/** How a run stands. */
public enum RunState {
    /** Its owner works on it, or is gone. */
    RUNNING,
    /** Everything is done and saved. */
    FINISHED,
    /** Something failed; {@code problems} says what. */
    FAILED,
    /** The user stopped it. */
    INTERRUPTED
}
