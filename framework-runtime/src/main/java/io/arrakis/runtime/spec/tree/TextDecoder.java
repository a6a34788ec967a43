package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Turns the bytes of a file into text, or says why they are none. */
final class TextDecoder {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String origin;
    private final ProblemLog log;

    TextDecoder(String origin, ProblemLog log) {
        this.origin = origin;
        this.log = log;
    }

    Optional<String> decode(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            return refuse(SourceLocation.of(origin), "the file is UTF-16", "save it as UTF-8");
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(from, text, true);
        text.flip();
        if (result.isError()) {
            return refuse(endOf(text.toString()), "the file is not UTF-8 from here on", "save it as UTF-8");
        }
        return printable(text.toString());
    }

    /** Returns the text without a byte order mark if YAML allows all its characters. */
    Optional<String> printable(String raw) {
        String text = !raw.isEmpty() && raw.charAt(0) == BYTE_ORDER_MARK ? raw.substring(1) : raw;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (!StreamReader.isPrintable(character)) {
                return refuse(
                        endOf(text.substring(0, i)),
                        "the character U+%04X cannot stand in YAML".formatted(character),
                        character == 0 ? "this looks like a binary file; give an experiment in YAML" : "take it away");
            }
        }
        return Optional.of(text);
    }

    private Optional<String> refuse(SourceLocation place, String message, String mend) {
        log.error(ErrorCode.SPEC_SYNTAX, place, message, mend);
        return Optional.empty();
    }

    private SourceLocation endOf(String before) {
        SourceText source = SourceText.file(origin, before);
        int line = source.lineCount() - 1;
        String last = source.line(line);
        SourceLocation place = source.at(line, last.codePointCount(0, last.length()), 0);
        return new SourceLocation(origin, place.line(), place.column(), 0, "");
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
