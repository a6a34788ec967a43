package io.arrakis.data.wordnet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the lexicographer wrote of a synset.
 *
 * @param definition what stands before the first quotation mark that follows one of {@code ; , : .}
 * @param examples   the quoted strings from there on, without the quotation marks and without space around them
 */
record Gloss(String definition, List<String> examples) {

    private static final Pattern FIRST_EXAMPLE = Pattern.compile("[;,:.]\\s*\"");

    /** Splits the text that follows {@code " | "} in a data file. */
    static Gloss parse(String text) {
        Matcher first = FIRST_EXAMPLE.matcher(text);
        if (!first.find()) {
            return new Gloss(text.strip(), List.of());
        }
        return new Gloss(text.substring(0, first.start()).strip(), quoted(text, first.end() - 1));
    }

    private static List<String> quoted(String text, int firstMark) {
        List<String> examples = new ArrayList<>();
        int open = firstMark;
        while (open >= 0) {
            int close = text.indexOf('"', open + 1);
            if (close < 0) {
                break;
            }
            examples.add(text.substring(open + 1, close).strip());
            open = text.indexOf('"', close + 1);
        }
        return List.copyOf(examples);
    }
}
