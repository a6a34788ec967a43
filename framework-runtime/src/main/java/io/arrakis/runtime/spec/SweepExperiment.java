package io.arrakis.runtime.spec;

import java.util.List;
import java.util.Objects;

/**
 * An experiment with all that a sweep makes of it.
 *
 * @param name    name of the experiment
 * @param written the experiment without its sweep block, as JSON with sorted keys: equal texts mean one sweep, whose grid may
 *                grow
 * @param axes    the paths that are varied, in the order of the file; none where the file has no sweep
 * @param trials  the trials, in their order; one without settings where the file has no sweep
 */
public record SweepExperiment(String name, String written, List<String> axes, List<SweepTrial> trials) {

    /** Copies the lists. */
    public SweepExperiment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(written, "written");
        axes = List.copyOf(axes);
        trials = List.copyOf(trials);
    }

    /** Returns whether the file has a sweep. */
    public boolean isSweep() {
        return !axes.isEmpty();
    }
}
