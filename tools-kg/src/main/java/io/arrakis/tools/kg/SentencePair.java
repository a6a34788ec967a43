package io.arrakis.tools.kg;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.Example;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Halves;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two words in a sentence, each at the row of its last token, where a model that reads from left to right knows all of it.
 *
 * @param first the first row of the sentence
 * @param count rows of the sentence
 * @param head  place of the first word among them
 * @param tail  place of the second word
 * @param half  the half of the first word
 */
record SentencePair(int first, int count, int head, int tail, Half half) {

    /** Finds the words of a row of data in its text; nothing where one is not there or both are one. */
    static Optional<SentencePair> find(Example row, int example, TokenRows rows) {
        int first = rows.firstRow(example);
        int count = rows.firstRow(example + 1) - first;
        String head = row.text(PairFields.HEAD).orElse("");
        OptionalInt from = place(head, first, count, rows);
        OptionalInt to = place(row.text(PairFields.TAIL).orElse(""), first, count, rows);
        if (from.isEmpty() || to.isEmpty() || from.getAsInt() == to.getAsInt()) {
            return Optional.empty();
        }
        return Optional.of(new SentencePair(first, count, from.getAsInt(), to.getAsInt(), Halves.of(head)));
    }

    /** The last token of the first place where a word stands by itself, whatever its case. */
    private static OptionalInt place(String word, int first, int count, TokenRows rows) {
        if (word.isBlank() || count == 0) {
            return OptionalInt.empty();
        }
        String text = rows.text(rows.example(first));
        Matcher found = Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text);
        if (!found.find()) {
            return OptionalInt.empty();
        }
        for (int place = count - 1; place >= 0; place--) {
            int row = first + place;
            if (rows.start(row) >= found.start() && rows.start(row) < found.end()) {
                return OptionalInt.of(place);
            }
        }
        return OptionalInt.empty();
    }

    int place(Side side, boolean turned) {
        return (side == Side.QUERY) != turned ? head : tail;
    }
}
