package io.arrakis.runner.render;

import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.List;

/** Says what is wrong: a line that editors know, the place with a mark under it, how to mend it. */
public final class ProblemPrinter {

    private static final int WIDEST_LINE = 160;

    private final Console console;

    /** Prints to a console. */
    public ProblemPrinter(Console console) {
        this.console = console;
    }

    /** Prints all problems, errors and warnings, in their order. */
    public void print(List<Problem> problems) {
        problems.forEach(this::print);
    }

    /** Prints how many there were, and what that means. */
    public void summarise(List<Problem> problems, String consequence) {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        String counts =
                warnings == 0 ? count(errors, "error") : count(errors, "error") + ", " + count(warnings, "warning");
        console.complain(counts + "; " + consequence);
    }

    private void print(Problem problem) {
        Style style = problem.isError() ? Style.ERROR : Style.WARNING;
        String word =
                (problem.isError() ? "error" : "warning") + " " + problem.code().id();
        console.complain(problem.location() + ": " + console.styled(style, word) + ": " + problem.message());
        SourceLocation place = problem.location();
        if (place.line() > 0 && !place.text().isBlank()) {
            excerpt(place, style);
        }
        if (!problem.mend().isEmpty()) {
            console.complain("   " + problem.mend());
        }
    }

    private void excerpt(SourceLocation place, Style style) {
        String text = place.text().replace('\t', ' ');
        if (text.length() > WIDEST_LINE || place.column() > text.length()) {
            return;
        }
        String number = Integer.toString(place.line());
        int length = Math.max(1, Math.min(place.length(), text.length() - place.column() + 1));
        console.complain("   " + number + " | " + text);
        console.complain("   " + " ".repeat(number.length()) + " | " + " ".repeat(Math.max(0, place.column() - 1))
                + console.styled(style, "^".repeat(length)));
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
