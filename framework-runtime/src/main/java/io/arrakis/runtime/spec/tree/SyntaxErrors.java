package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in the words of a person what the YAML parser says in its own. */
final class SyntaxErrors {

    private final SourceText source;
    private final ProblemLog log;

    SyntaxErrors(SourceText source, ProblemLog log) {
        this.source = source;
        this.log = log;
    }

    void report(YamlEngineException error) {
        if (error instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            reportAt(marked, marked.getProblemMark().get());
        } else {
            add(source.whole(), "this cannot be read as YAML: " + firstLine(error), "");
        }
    }

    private void reportAt(MarkedYamlEngineException error, Mark mark) {
        String problem = String.valueOf(error.getProblem());
        if (problem.contains("\\t(TAB)")) {
            reportTabs(mark);
            return;
        }
        Explanation explanation = explain(error, problem);
        boolean atEnd = mark.getLine() >= source.lineCount() - 1
                && source.line(mark.getLine()).isEmpty();
        Mark place = atEnd ? error.getContextMark().orElse(mark) : mark;
        add(source.at(place.getLine(), place.getColumn(), 1), explanation.message(), explanation.mend());
    }

    private record Explanation(String message, String mend) {}

    private Explanation explain(MarkedYamlEngineException error, String problem) {
        String opened = opened(error);
        if (problem.startsWith("mapping values are not allowed")) {
            return new Explanation(
                    "a ':' stands where no key can be",
                    "put quotes around a text that has ': ' in it, or check the indentation");
        }
        if (problem.contains("that cannot start any token")) {
            String character = problem.substring(problem.indexOf('\'') + 1, problem.indexOf('\'') + 2);
            return new Explanation(
                    "a value without quotes cannot begin with '" + character + "'", "put quotes around the value");
        }
        if (problem.startsWith("found unexpected end of stream")) {
            return new Explanation("the quote that begins" + opened + " does not end", "add the closing quote");
        }
        if (problem.endsWith("but got <stream end>")) {
            return new Explanation("the bracket that opens" + opened + " is not closed", "add the closing bracket");
        }
        if (problem.startsWith("expected the node content")) {
            boolean end = problem.contains("<stream end>");
            return end
                    ? new Explanation("a bracket is not closed", "add the closing bracket")
                    : new Explanation("a value is missing here", "write a value, or take the comma away");
        }
        if (problem.startsWith("expected ',' or")) {
            return new Explanation(
                    "between the brackets that open" + opened + " something is wrong: " + problem,
                    "separate entries with commas, and put quotes around texts that have one of ,:[]{} in them");
        }
        if (problem.startsWith("found unknown escape character")) {
            return new Explanation(
                    "a '\\' in double quotes begins an escape that YAML does not know",
                    "use single quotes, or write '\\\\' for a backslash");
        }
        if (problem.startsWith("could not find expected ':'")) {
            return new Explanation("a key without a ':' behind it", "write 'key: value'");
        }
        if (problem.startsWith("expected <block end>")) {
            return new Explanation("this does not continue the block" + opened, "check the indentation of this line");
        }
        return new Explanation("this cannot be read as YAML: " + problem, "");
    }

    private static String opened(MarkedYamlEngineException error) {
        Optional<Mark> context = error.getContextMark();
        return context.map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    }

    private void reportTabs(Mark mark) {
        boolean found = false;
        for (int line = mark.getLine(); line < source.lineCount(); line++) {
            int tab = indentingTab(source.line(line));
            if (tab >= 0) {
                found = true;
                add(source.at(line, tab, 1), "a tab indents this line", "indent with spaces");
            }
        }
        if (!found) {
            add(source.at(mark.getLine(), mark.getColumn(), 1), "a tab stands between the values", "use spaces");
        }
    }

    private static int indentingTab(String line) {
        int i = 0;
        while (i < line.length() && line.charAt(i) == ' ') {
            i++;
        }
        return i < line.length() && line.charAt(i) == '\t' && !line.isBlank() ? i : -1;
    }

    private void add(SourceLocation place, String message, String mend) {
        log.error(ErrorCode.SPEC_SYNTAX, place, message, mend);
    }

    private static String firstLine(YamlEngineException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }
}
