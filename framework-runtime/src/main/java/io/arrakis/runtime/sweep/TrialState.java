package io.arrakis.runtime.sweep;

/** How a trial stands. */
public enum TrialState {
    /** It has not begun. */
    PENDING,
    /** Somebody works on it, and is alive. */
    RUNNING,
    /** Everything is done and saved. */
    FINISHED,
    /** It failed; its folder says why. */
    FAILED,
    /** It was stopped, or who worked on it is gone. */
    INTERRUPTED
}
