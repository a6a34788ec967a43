package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.stream.Collectors;

/** One or more problems that end what was being done. */
@Stable
public class ArrakisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Makes an exception of problems, at least one of them an error. */
    public ArrakisException(List<Problem> problems) {
        this(problems, null);
    }

    /** Makes an exception of problems with the exception that led to them. */
    public ArrakisException(List<Problem> problems, Throwable cause) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
        if (problems.stream().noneMatch(Problem::isError)) {
            throw new IllegalArgumentException("no error among the problems");
        }
        this.problems = List.copyOf(problems);
    }

    /** Makes an exception of one error. */
    public ArrakisException(ErrorCode code, SourceLocation location, String message, String mend) {
        this(List.of(Problem.error(code, location, message, mend)));
    }

    /**
     * Makes an exception of one error that has no place in a file of the user's.
     *
     * @param origin what the error is about: a file, a model, a device
     */
    public ArrakisException(ErrorCode code, String origin, String message, String mend) {
        this(code, SourceLocation.of(origin), message, mend);
    }

    /** Returns all problems, warnings among them. */
    public List<Problem> problems() {
        return problems;
    }

    /** Returns the code of the first error. */
    public ErrorCode code() {
        return problems.stream()
                .filter(Problem::isError)
                .findFirst()
                .orElseThrow()
                .code();
    }
}
