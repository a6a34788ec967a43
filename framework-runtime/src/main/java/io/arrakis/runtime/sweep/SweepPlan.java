package io.arrakis.runtime.sweep;

import io.arrakis.runtime.run.JointPasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a sweep would do.
 *
 * @param directory where its files would be
 * @param trials    every trial, and how it stands now
 * @param todo      number of trials that would run
 * @param passes    the forward passes that those share, each once
 * @param unplanned trials that would fail, or that cannot be planned before they run
 */
public record SweepPlan(
        Path directory, List<TrialResult> trials, int todo, List<JointPasses.Planned> passes, List<Trial> unplanned) {

    /** Copies the lists. */
    public SweepPlan {
        Objects.requireNonNull(directory, "directory");
        trials = List.copyOf(trials);
        passes = List.copyOf(passes);
        unplanned = List.copyOf(unplanned);
    }
}
