package io.arrakis.api.operation;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.stability.Stable;
import java.util.List;

/** Tokens as a parameter: ids, words, or the texts of a data set taken as words. */
@Stable
public sealed interface TokenSet permits TokenSet.Ids, TokenSet.Words, TokenSet.OfData {

    /** Ids of tokens, written as plain whole numbers. */
    @Inline
    record Ids(List<Integer> ids) implements TokenSet {
        /** Copies the list. */
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    /** Token strings or words. */
    @Inline
    record Words(@Example("[cat, dog]") List<String> words) implements TokenSet {
        /** Copies the list. */
        public Words {
            words = List.copyOf(words);
        }
    }

    /** The texts of a data set, each a word. */
    @Inline
    record OfData(DataRef data) implements TokenSet {}
}
