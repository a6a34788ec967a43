package io.arrakis.runtime.run;

import io.arrakis.api.problem.Problem;
import java.util.List;

/**
 * How a run ended.
 *
 * @param state     FINISHED, FAILED or INTERRUPTED
 * @param directory where its files are
 * @param problems  what ended it, where it failed
 * @param warnings  what was noticed, one sentence each
 */
public record RunOutcome(RunState state, RunDirectory directory, List<Problem> problems, List<String> warnings) {

    /** Copies the lists. */
    public RunOutcome {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
