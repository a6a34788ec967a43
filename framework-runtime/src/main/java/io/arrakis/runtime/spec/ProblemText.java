package io.arrakis.runtime.spec;

import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.Collection;
import java.util.stream.Collectors;

/** Problems for people: the line that editors know, and below it the place in the file. */
public final class ProblemText {

    private static final int WIDEST = 160;

    private ProblemText() {}

    /** Returns the problems one after the other, each with the line where it stands. */
    public static String of(Collection<Problem> problems) {
        return problems.stream().map(ProblemText::of).collect(Collectors.joining("\n"));
    }

    /**
     * Returns {@code file:line:column: error CODE: what; mend}, and where the place is known the line with carets below it:
     *
     * <pre>
     *   11 |     k_neighbours: 50
     *      |     ^^^^^^^^^^^^
     * </pre>
     */
    public static String of(Problem problem) {
        SourceLocation place = problem.location();
        return place.line() == 0 || place.length() == 0 || place.text().isBlank()
                ? problem.toString()
                : problem + "\n" + excerpt(place);
    }

    private static String excerpt(SourceLocation place) {
        int[] line = place.text().codePoints().map(c -> c == '\t' ? ' ' : c).toArray();
        int first = Math.max(0, Math.min(place.column() - 1, line.length) - WIDEST / 2);
        int shown = Math.min(line.length - first, WIDEST);
        int before = place.column() - 1 - first;
        int carets = Math.max(1, Math.min(place.length(), shown - before));
        String number = "%5d".formatted(place.line());
        return number + " | " + new String(line, first, shown) + "\n" + " ".repeat(number.length()) + " | "
                + " ".repeat(before) + "^".repeat(carets);
    }

    /** Returns a line that counts, such as {@code 2 errors and 1 warning}. */
    public static String count(Collection<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        if (warnings == 0) {
            return number(errors, "error");
        }
        return errors == 0
                ? number(warnings, "warning")
                : number(errors, "error") + " and " + number(warnings, "warning");
    }

    private static String number(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
