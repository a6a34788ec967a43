package io.arrakis.tools.lens;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.Example;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Checks texts, and reads those that an operation runs through the model itself. */
final class ListedTexts {

    private ListedTexts() {}

    /** Reports a list without a text. */
    static void check(TextSet texts, String parameter, Problems problems) {
        if (texts instanceof TextSet.Listed listed && listed.texts().isEmpty()) {
            problems.at(parameter).error(ErrorCode.DATA_UNFIT, "the list has no text", "give at least one");
        }
    }

    /**
     * Refuses texts that are all empty.
     *
     * @throws ArrakisException if no text has a token
     */
    static void requireToken(TokenRows rows) {
        if (rows.count() == 0) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT, "texts", "no text has a token", "give at least one text that is not empty");
        }
    }

    /** Returns the tokens of the first texts, those of one length one after the other, each cut; empty texts are left out. */
    static List<TokenRow> rows(TextSet texts, Inputs inputs, Tokenizer tokenizer, int maxTexts, int maxTokens) {
        List<TokenRow> rows = new ArrayList<>();
        for (String text : first(texts, inputs, maxTexts)) {
            TokenRow row = TokenRow.of(tokenizer.encode(text, SpecialTokens.ADD), maxTokens);
            if (row.length() > 0) {
                rows.add(row);
            }
        }
        rows.sort((a, b) -> Integer.compare(a.length(), b.length()));
        return rows;
    }

    private static List<String> first(TextSet texts, Inputs inputs, int count) {
        if (texts instanceof TextSet.Listed listed) {
            return listed.texts().stream().limit(count).toList();
        }
        List<String> read = new ArrayList<>();
        Iterator<Example> examples =
                inputs.data(((TextSet.OfData) texts).data()).iterator();
        while (read.size() < count && examples.hasNext()) {
            read.add(examples.next().text());
        }
        return read;
    }
}
