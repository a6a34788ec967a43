package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, each thing once. Not safe for use by several threads. */
public final class ProblemLog {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparingInt(
                    (Problem problem) -> problem.location().line())
            .thenComparingInt(problem -> problem.location().column());

    private final Set<Problem> problems = new LinkedHashSet<>();

    /** Adds an error. */
    public void error(ErrorCode code, SourceLocation location, String message, String mend) {
        add(Problem.error(code, location, message, mend));
    }

    /** Adds a warning. */
    public void warning(ErrorCode code, SourceLocation location, String message, String mend) {
        add(Problem.warning(code, location, message, mend));
    }

    /** Adds a problem. */
    public void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds problems. */
    public void addAll(Collection<Problem> more) {
        problems.addAll(more);
    }

    /** Returns whether there is an error. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** Returns the problems by line and column; those without a line first. */
    public List<Problem> problems() {
        return problems.stream().sorted(BY_PLACE).toList();
    }
}
