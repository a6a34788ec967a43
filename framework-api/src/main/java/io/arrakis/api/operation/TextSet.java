package io.arrakis.api.operation;

import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.stability.Stable;
import java.util.List;

/** Texts as a parameter: a list of them, or the texts of a data set. */
@Stable
public sealed interface TextSet {

    /** Returns what to name in a capture. */
    TextSource source();

    /** Texts written in the experiment. */
    @Inline
    record Listed(@Example("[a cat sat, a dog ran]") List<String> texts) implements TextSet {
        /** Copies the list. */
        public Listed {
            texts = List.copyOf(texts);
        }

        @Override
        public TextSource source() {
            return new TextSource.Texts(texts);
        }
    }

    /** The texts of a data set. */
    @Inline
    record OfData(DataRef data) implements TextSet {
        @Override
        public TextSource source() {
            return new TextSource.Data(data);
        }
    }
}
