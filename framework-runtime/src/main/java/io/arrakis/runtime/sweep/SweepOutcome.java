package io.arrakis.runtime.sweep;

import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.run.RunState;
import java.util.List;
import java.util.Objects;

/**
 * How a sweep ended.
 *
 * @param state     FINISHED where every trial is; FAILED where one failed or the sweep had to stop; else INTERRUPTED
 * @param directory where its files are
 * @param trials    every trial and how it stands, in their order
 * @param ran       number of trials that were run this time
 * @param problems  what stopped the sweep itself, such as a full disk
 */
public record SweepOutcome(
        RunState state, SweepDirectory directory, List<TrialResult> trials, int ran, List<Problem> problems) {

    /** Copies the lists. */
    public SweepOutcome {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(directory, "directory");
        trials = List.copyOf(trials);
        problems = List.copyOf(problems);
    }

    /** Returns the number of trials in a state. */
    public long count(TrialState wanted) {
        return trials.stream()
                .filter(result -> result.status().state() == wanted)
                .count();
    }
}
