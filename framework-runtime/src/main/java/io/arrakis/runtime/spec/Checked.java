package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * An experiment file as far as it could be understood.
 *
 * @param partial  what is right: the whole experiment where no problem is an error, else without the steps and data sets that
 *                 have one; empty where there is too little to go on
 * @param problems all that is wrong, by line and column
 */
public record Checked(Optional<Experiment> partial, List<Problem> problems) {

    /** Copies the list. */
    public Checked {
        problems = List.copyOf(problems);
    }

    /** Returns whether nothing may run. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /**
     * Returns the whole experiment.
     *
     * @throws ArrakisException with all problems if one is an error
     */
    public Experiment experiment() {
        if (hasErrors()) {
            throw new ArrakisException(problems);
        }
        return partial.orElseThrow();
    }
}
