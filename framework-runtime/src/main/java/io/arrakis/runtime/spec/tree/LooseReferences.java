package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.ErrorCode;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Mends references that stand without quotes inside of brackets, where YAML takes their first brace for a mapping, so that
 * the rest of the file can be read and its problems said at once. A mended reference takes as much room as before: its
 * braces become characters of the private use area, which {@link #restore} turns back.
 */
final class LooseReferences {

    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';

    private LooseReferences() {}

    /**
     * Reports the reference at which parsing stopped.
     *
     * @return the text with that reference mended, or nothing if parsing stopped for another reason
     */
    static Optional<String> mend(String text, MarkedYamlEngineException error, SourceText source, ProblemLog log) {
        Mark mark = error.getProblemMark().orElse(null);
        if (mark == null) {
            return Optional.empty();
        }
        int brace = text.offsetByCodePoints(0, Math.min(mark.getIndex(), text.codePointCount(0, text.length())));
        int close = text.indexOf('}', brace);
        boolean loose =
                brace > 0 && brace < text.length() && text.charAt(brace) == '{' && text.charAt(brace - 1) == '$';
        if (!loose || close < 0 || text.substring(brace, close).contains("\n")) {
            return Optional.empty();
        }
        String reference = text.substring(brace - 1, close + 1);
        log.error(
                ErrorCode.SPEC_REFERENCE,
                source.at(mark.getLine(), mark.getColumn() - 1, reference.codePointCount(0, reference.length())),
                reference + " stands without quotes inside of brackets, where YAML reads its '{' as a mapping",
                "write \"" + reference + "\"");
        StringBuilder mended = new StringBuilder(text);
        mended.setCharAt(brace, OPEN);
        mended.setCharAt(close, CLOSE);
        return Optional.of(mended.toString());
    }

    /** Returns a scalar as it was written before it was mended. */
    static String restore(String scalar) {
        return scalar.replace(OPEN, '{').replace(CLOSE, '}');
    }
}
