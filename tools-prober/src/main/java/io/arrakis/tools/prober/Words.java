package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.model.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words that stand in the texts of a capture, as single tokens or as joined ones.
 *
 * <p>A word is numbered in the order of its first appearance. Tokens that spell the same word, such as those with and without
 * the mark of a space before, are one word.
 */
final class Words {

    private final List<String> names;
    private final Map<String, Integer> numbers;
    private final int[] ofToken;

    private Words(List<String> names, Map<String, Integer> numbers, int[] ofToken) {
        this.names = names;
        this.numbers = numbers;
        this.ofToken = ofToken;
    }

    static Words of(TokenRows rows, Tokenizer tokenizer) {
        return of(rows, tokenizer, List.of());
    }

    /**
     * Numbers the words of a capture.
     *
     * @param joined words of several tokens, whose ids count on after the vocabulary; see {@link JoinedWords}
     */
    static Words of(TokenRows rows, Tokenizer tokenizer, List<String> joined) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        int vocabulary = tokenizer.vocabularySize();
        int[] ofToken = new int[vocabulary + joined.size()];
        Arrays.fill(ofToken, -1);
        for (int row = 0; row < rows.count(); row++) {
            int token = rows.tokenId(row);
            if (rows.wholeWord(row) && ofToken[token] < 0) {
                String name = token < vocabulary
                        ? tokenizer.word(token).orElseGet(() -> tokenizer.token(token))
                        : joined.get(token - vocabulary);
                ofToken[token] = numbers.computeIfAbsent(name, added -> {
                    names.add(added);
                    return names.size() - 1;
                });
            }
        }
        return new Words(names, numbers, ofToken);
    }

    /** Returns how many words there are. */
    int count() {
        return names.size();
    }

    /** Returns a word as the vocabulary spells it. */
    String name(int word) {
        return names.get(word);
    }

    /** Returns the number of a word, or nothing if it stands nowhere as one token. */
    Optional<Integer> number(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    /** Returns the word of a token that stands as a whole word somewhere, or -1. */
    int ofToken(int token) {
        return token < 0 ? -1 : ofToken[token];
    }

    /** Returns the word of each of some rows that are whole words. */
    int[] ofRows(TokenRows rows, int[] chosen) {
        return Arrays.stream(chosen).map(row -> ofToken(rows.tokenId(row))).toArray();
    }
}
