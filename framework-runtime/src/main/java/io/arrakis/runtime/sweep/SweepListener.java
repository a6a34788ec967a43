package io.arrakis.runtime.sweep;

import io.arrakis.runtime.run.RunListener;
import java.nio.file.Path;
import java.util.List;

/** Is told how a sweep goes on, for a console. Called from several threads, one at a time; must return at once. */
public interface SweepListener {

    /** Tells nobody. */
    SweepListener SILENT = new SweepListener() {};

    /**
     * The sweep begins.
     *
     * @param trials every trial, and how it stands
     * @param todo   number of trials that are going to run
     */
    default void started(Path directory, List<TrialResult> trials, int todo) {}

    /** What was noticed and does not stop the sweep. */
    default void warned(String message) {}

    /** Returns who is told of the passes that the trials share. */
    default RunListener passes() {
        return RunListener.SILENT;
    }

    /** A trial begins. */
    default void trialStarted(Trial trial) {}

    /** A trial has ended, or begins again with smaller batches. */
    default void trialEnded(TrialResult result) {}
}
