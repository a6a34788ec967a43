package io.arrakis.api.activation;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.stability.Stable;
import java.util.List;

/** What the model reads in a capture. Index i of the texts is the example index of the rows. */
@Stable
public sealed interface TextSource {

    /** The examples of a data set, with the special tokens of the model. */
    record Data(DataRef data) implements TextSource {}

    /**
     * Texts that stand in a field of the examples of a data set, with the special tokens of the model.
     *
     * @param data  the data set
     * @param field a field that every example has
     */
    record Field(DataRef data, String field) implements TextSource {}

    /** Texts, with the special tokens of the model. */
    record Texts(List<String> texts) implements TextSource {
        /** Copies the list. */
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /** Token ids as they are: nothing is added, and every token is one of the text's own. */
    record Tokens(List<List<Integer>> sequences) implements TextSource {
        /** Copies the list. */
        public Tokens {
            sequences = List.copyOf(sequences);
        }
    }
}
