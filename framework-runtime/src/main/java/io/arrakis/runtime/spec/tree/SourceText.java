package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.SourceLocation;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The lines of a file, or of a value on the command line, which has no lines worth a number. */
final class SourceText {

    private static final int LONGEST_LINE = 400;

    private final String origin;
    private final String[] lines;
    private final boolean numbered;

    private SourceText(String origin, String text, boolean numbered) {
        this.origin = origin;
        this.lines = text.split("\r\n|\r|\n", -1);
        this.numbered = numbered;
    }

    static SourceText file(String origin, String text) {
        return new SourceText(origin, text, true);
    }

    /** A text whose places are all the same: its origin. */
    static SourceText argument(String origin, String text) {
        return new SourceText(origin, text, false);
    }

    String line(int line) {
        return line < lines.length ? lines[line] : "";
    }

    int lineCount() {
        return lines.length;
    }

    SourceLocation whole() {
        return SourceLocation.of(origin);
    }

    /** The place from one mark to another, underlined to the end of its first line where it has several. */
    SourceLocation between(Mark start, Mark end) {
        String line = line(start.getLine());
        boolean oneLine = start.getLine() == end.getLine();
        int last = oneLine
                ? end.getColumn()
                : line.stripTrailing().codePointCount(0, line.stripTrailing().length());
        return at(start.getLine(), start.getColumn(), Math.max(1, last - start.getColumn()));
    }

    /** The place of so many characters; line and column count from 0, columns in code points. */
    SourceLocation at(int line, int column, int length) {
        if (!numbered) {
            return whole();
        }
        String text = line(line);
        return text.length() > LONGEST_LINE
                ? new SourceLocation(origin, line + 1, column + 1, 0, "")
                : new SourceLocation(origin, line + 1, column + 1, length, text);
    }
}
