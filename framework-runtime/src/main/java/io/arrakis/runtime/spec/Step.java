package io.arrakis.runtime.spec;

import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.spec.form.Bound;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A step of an experiment.
 *
 * @param name        its name
 * @param operation   what it does
 * @param parameters  with what
 * @param data        names of the data sets that it reads
 * @param after       names of the steps whose results it reads
 * @param controls    on which changed inputs it runs too
 * @param ownControls the controls that stand in the step itself; the experiment's hold where there are none
 * @param location    where it stands
 */
public record Step(
        String name,
        OperationType operation,
        Bound parameters,
        Set<String> data,
        Set<String> after,
        Controls controls,
        Optional<Controls> ownControls,
        SourceLocation location) {

    /** Copies the sets. */
    public Step {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(parameters, "parameters");
        data = Set.copyOf(data);
        after = Set.copyOf(after);
        Objects.requireNonNull(controls, "controls");
        Objects.requireNonNull(ownControls, "ownControls");
        Objects.requireNonNull(location, "location");
    }

    /** Returns where an operation reports problems with its parameters: each at the place where the parameter was written. */
    public Problems problems(Consumer<Problem> to) {
        return new BoundProblems(parameters, to);
    }
}
