package io.arrakis.runtime.sweep;

import java.util.List;

/** Runs trials. What comes of them does not depend on which executor runs them. */
public interface TrialExecutor {

    /**
     * Runs trials and returns when all have ended, or when the sweep is to stop.
     *
     * @param trials what to run, in the order in which they should begin
     * @param sweep  what belongs to the sweep
     * @param ended  is told of each trial that has ended, from any thread, one at a time; returns whether to go on
     */
    void run(List<Trial> trials, SweepParts sweep, Ended ended);

    /** Is told how trials end. */
    @FunctionalInterface
    interface Ended {
        /** Takes a result, and returns whether further trials are to begin. */
        boolean goOn(TrialResult result);
    }
}
