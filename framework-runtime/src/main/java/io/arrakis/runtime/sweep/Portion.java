package io.arrakis.runtime.sweep;

import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.run.RunSession;
import java.util.List;

/**
 * Trials that run after the passes that they share.
 *
 * @param trials    in the order in which they begin
 * @param passes    what they share
 * @param unplanned those of them that cannot be planned before they run
 */
record Portion(List<Trial> trials, JointPasses passes, List<Trial> unplanned) {

    /** Copies the lists. */
    Portion {
        trials = List.copyOf(trials);
        unplanned = List.copyOf(unplanned);
    }

    /** Plans trials. */
    static Portion of(List<Trial> trials, RunSession session) {
        JointPasses passes = new JointPasses(session);
        return new Portion(
                trials,
                passes,
                trials.stream().filter(trial -> !passes.add(trial.experiment())).toList());
    }

    /** Returns the trials again, in parts of which no two read the same model and data. */
    List<Portion> split(RunSession session) {
        List<List<Trial>> groups = Portions.byInputs(trials, Trial::experiment);
        return groups.size() == 1
                ? List.of(this)
                : groups.stream().map(group -> of(group, session)).toList();
    }
}
