package io.arrakis.runner.render;

import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.spec.ProblemText;
import java.util.List;

/** Says what is wrong: a line that editors know, and the place with a mark under it. */
public final class ProblemPrinter {

    private final Console console;

    /** Prints to a console. */
    public ProblemPrinter(Console console) {
        this.console = console;
    }

    /** Prints all problems, errors and warnings, in their order. */
    public void print(List<Problem> problems) {
        problems.forEach(this::print);
    }

    private void print(Problem problem) {
        String word =
                (problem.isError() ? "error " : "warning ") + problem.code().id();
        String styled = console.styled(problem.isError() ? Style.ERROR : Style.WARNING, word);
        String text = ProblemText.of(problem);
        int at = text.indexOf(word);
        console.complain(at < 0 ? text : text.substring(0, at) + styled + text.substring(at + word.length()));
    }

    /** Prints how many there were, and what that means. */
    public void summarise(List<Problem> problems, String consequence) {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        String also = warnings == 0 ? "" : ", " + count(warnings, "warning");
        console.complain(count(errors, "error") + also + "; " + consequence);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
