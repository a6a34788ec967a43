package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;
import java.util.Objects;

/**
 * A place in something that the user wrote.
 *
 * @param origin the file as the user named it, or {@code --set} for the command line
 * @param line   from 1; 0 where the place is the whole file or the command line
 * @param column from 1, in characters; 0 as for the line
 * @param length number of characters to underline; 0 for none
 * @param text   the line itself, or the empty string
 */
@Stable
public record SourceLocation(String origin, int line, int column, int length, String text) {

    /** Checks that nothing is null or negative. */
    public SourceLocation {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(text, "text");
        if (line < 0 || column < 0 || length < 0) {
            throw new IllegalArgumentException("negative position in " + origin);
        }
    }

    /** Returns the place that is a whole file or a whole command line option. */
    public static SourceLocation of(String origin) {
        return new SourceLocation(origin, 0, 0, 0, "");
    }

    /** Returns the place that is a line of a file. */
    public static SourceLocation line(String origin, int line) {
        return new SourceLocation(origin, line, 1, 0, "");
    }

    /** Returns {@code origin:line:column}, or the origin alone. */
    @Override
    public String toString() {
        return line == 0 ? origin : origin + ":" + line + ":" + column;
    }
}
