package io.arrakis.runner.command;

import io.arrakis.api.hook.Positions;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code all}, {@code first}, {@code last}, {@code 2:5} (the end exclusive) or {@code 0,3}. */
final class PositionsConverter implements ITypeConverter<Positions> {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9}):(\\d{1,9})");
    private static final Pattern LIST = Pattern.compile("\\d{1,9}(,\\d{1,9})*");

    @Override
    public Positions convert(String text) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            return span(Integer.parseInt(span.group(1)), Integer.parseInt(span.group(2)));
        }
        if (LIST.matcher(text).matches()) {
            return Positions.at(Arrays.stream(text.split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray());
        }
        return switch (text) {
            case "all" -> Positions.all();
            case "first" -> Positions.first();
            case "last" -> Positions.last();
            default ->
                throw new TypeConversionException(
                        "'" + text + "' is none of all, first, last, A:B and a list such as 0,3");
        };
    }

    private static Positions span(int start, int end) {
        if (end <= start) {
            throw new TypeConversionException("no position lies from " + start + " to before " + end);
        }
        return Positions.span(start, end);
    }
}
