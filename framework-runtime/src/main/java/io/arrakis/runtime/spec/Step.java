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
 * @param changes     what is changed in its forward passes, a {@link Changes}; empty for nothing
 * @param controls    on which changed inputs it runs too
 * @param ownControls the controls that stand in the step itself; the experiment's hold where there are none
 * @param location    where it stands
 */
public record Step(
        String name,
        OperationType operation,
        Bound parameters,
        Optional<Bound> changes,
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
        Objects.requireNonNull(changes, "changes");
        data = Set.copyOf(data);
        after = Set.copyOf(after);
        Objects.requireNonNull(controls, "controls");
        Objects.requireNonNull(ownControls, "ownControls");
        Objects.requireNonNull(location, "location");
    }

    /** Returns whether parameters or changes wait for a part of an earlier result. */
    public boolean waits() {
        return !parameters.late().isEmpty()
                || changes.filter(bound -> !bound.late().isEmpty()).isPresent();
    }

    /** Returns where problems with the changes are reported: each at the place where it was written. */
    public Problems changeProblems(Consumer<Problem> to) {
        return new BoundProblems(changes.orElseThrow(), to);
    }

    /** Returns where an operation reports problems with its parameters: each at the place where the parameter was written. */
    public Problems problems(Consumer<Problem> to) {
        return new BoundProblems(parameters, to);
    }
}
