package io.arrakis.runtime.run;

import io.arrakis.runtime.plan.PassEstimate;
import java.nio.file.Path;
import java.util.List;

/** Is told how a run goes on, for a console. Called from the run's thread; must return at once. */
public interface RunListener {

    /** Tells nobody. */
    RunListener SILENT = new RunListener() {};

    /** The run directory is there. */
    default void started(Path directory) {}

    /** What was noticed and does not stop the run. */
    default void warned(String message) {}

    /** The passes of the next round, before any of them runs; those with nothing missing are in the cache. */
    default void planned(List<PassEstimate> passes) {}

    /**
     * A step will run passes of its own.
     *
     * @param texts      texts that go through the model, at most, counted once a pass
     * @param bytesATime bytes that one pass hands out, at most
     */
    default void plannedFurther(StepId step, long texts, long bytesATime) {}

    /** A pass begins. */
    default void passStarted(PassEstimate pass) {}

    /** So many texts and tokens more of the pass are done. */
    default void passAdvanced(int examples, int tokens) {}

    /** The pass is done. */
    default void passFinished(double seconds) {}

    /** A step, or a control of one, begins. */
    default void stepStarted(StepId step, String operation) {}

    /** Part of a step begins, of so many parts of work. */
    default void progressStarted(String what, long total) {}

    /** So much more of it is done. */
    default void progressAdvanced(long done) {}

    /** The part of the step is done. */
    default void progressFinished() {}

    /** A step, or a control of one, is done and saved. */
    default void stepFinished(StepId step, double seconds) {}
}
