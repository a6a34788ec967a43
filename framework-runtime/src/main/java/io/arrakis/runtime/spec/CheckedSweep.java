package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A sweep file as far as it could be understood.
 *
 * @param partial  the sweep; without an error among the problems, all of it
 * @param problems all that is wrong with the file and with every trial, by line and column, each once
 */
public record CheckedSweep(Optional<SweepExperiment> partial, List<Problem> problems) {

    /** Copies the list. */
    public CheckedSweep {
        problems = List.copyOf(problems);
    }

    /** Returns whether nothing may run. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /**
     * Returns the whole sweep.
     *
     * @throws ArrakisException with all problems if one is an error
     */
    public SweepExperiment sweep() {
        if (hasErrors()) {
            throw new ArrakisException(problems);
        }
        return partial.orElseThrow();
    }
}
