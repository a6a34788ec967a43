package io.arrakis.tools.prober;

import io.arrakis.api.data.Example;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.List;
import java.util.stream.StreamSupport;

/** The words that a parameter names, spelled as in the vocabulary. */
final class AskedWords {

    private static final String PARAMETER = "words";

    private AskedWords() {}

    /** Reports a list without words, and ids that are not in the vocabulary. */
    static void check(TokenSet asked, Planning planning, Problems problems) {
        if (asked instanceof TokenSet.Ids ids) {
            checkCount(ids.ids().size(), problems);
            checkIds(ids.ids(), planning.tokenizer().vocabularySize(), problems);
        } else if (asked instanceof TokenSet.Words words) {
            checkCount(words.words().size(), problems);
        }
    }

    private static void checkCount(int words, Problems problems) {
        if (words == 0) {
            problems.at(PARAMETER)
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "the list has no word",
                            "name one, or leave " + PARAMETER + " out to score all");
        }
    }

    private static void checkIds(List<Integer> ids, int vocabulary, Problems problems) {
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) < 0 || ids.get(i) >= vocabulary) {
                problems.at(PARAMETER + "[" + i + "]")
                        .error(
                                ErrorCode.SPEC_RANGE,
                                "token id " + ids.get(i) + " is not in the vocabulary",
                                "ids are 0 to " + (vocabulary - 1));
            }
        }
    }

    /**
     * Returns the words.
     *
     * @param asked ids that are in the vocabulary, or words
     */
    static List<String> of(TokenSet asked, Tokenizer tokenizer, Inputs inputs) {
        if (asked instanceof TokenSet.Ids ids) {
            return ids.ids().stream().map(id -> word(id, tokenizer)).toList();
        }
        if (asked instanceof TokenSet.OfData words) {
            return StreamSupport.stream(inputs.data(words.data()).spliterator(), false)
                    .map(Example::text)
                    .toList();
        }
        return ((TokenSet.Words) asked).words();
    }

    private static String word(int id, Tokenizer tokenizer) {
        return tokenizer.word(id).orElseGet(() -> tokenizer.token(id));
    }
}
