package io.arrakis.runtime.spec.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <code>${data.NAME}</code>, <code>${steps.NAME}</code> or <code>${steps.NAME.PART[0].PART}</code>.
 *
 * @param kind what it points to
 * @param name name of the data set or the step
 * @param path the part of the result: names and indices; empty for the whole
 */
public record Reference(Kind kind, String name, List<String> path) {

    /** JSON Schema pattern of all references. */
    static final String SCHEMA_PATTERN = "^\\$\\{ *(data|steps)\\.[^{}]+\\}$";

    private static final Pattern WHOLE =
            Pattern.compile("\\$\\{ *(data|steps)\\.([A-Za-z0-9_-]+)((?:\\.[A-Za-z0-9_-]+|\\[\\d{1,9}])*) *}");
    private static final Pattern PART = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+)]");
    private static final Pattern INSIDE = Pattern.compile("(?<!\\$)\\$\\{ *(data|steps)\\.");

    /** What a reference points to. */
    public enum Kind {
        /** A data set of the experiment. */
        DATA,
        /** The result of a step, or a part of it. */
        STEPS
    }

    /** Copies the list. */
    public Reference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        path = List.copyOf(path);
    }

    static Reference data(String name) {
        return new Reference(Kind.DATA, name, List.of());
    }

    static Reference step(String name) {
        return new Reference(Kind.STEPS, name, List.of());
    }

    /** Returns whether a text begins like a reference and ends like one. */
    static boolean looksLike(String text) {
        return text.startsWith("${") && text.endsWith("}") && text.indexOf("${", 2) < 0;
    }

    /** Returns whether there is a reference somewhere in a text that is not one as a whole. */
    static boolean isInside(String text) {
        return INSIDE.matcher(text).find();
    }

    /** Reads a reference, or returns nothing if the text is not a well-formed one. */
    static Optional<Reference> parse(String text) {
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            return Optional.empty();
        }
        List<String> path = new ArrayList<>();
        Matcher part = PART.matcher(whole.group(3));
        while (part.find()) {
            path.add(part.group(1) != null ? part.group(1) : part.group(2));
        }
        Kind kind = Kind.valueOf(whole.group(1).toUpperCase(Locale.ROOT));
        return Optional.of(new Reference(kind, whole.group(2), path));
    }

    /** Returns the reference as it is written. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("${")
                .append(kind.name().toLowerCase(Locale.ROOT))
                .append('.')
                .append(name);
        for (String part : path) {
            boolean index = Character.isDigit(part.charAt(0));
            text.append(index ? "[" + part + "]" : "." + part);
        }
        return text.append('}').toString();
    }
}
