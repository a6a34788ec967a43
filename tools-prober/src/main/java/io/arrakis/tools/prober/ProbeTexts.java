package io.arrakis.tools.prober;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.Inline;
import java.util.List;

/**
 * True and false texts: a list of {@code [true, false]} pairs of token ids or of texts, or a data set with the fields {@code
 * true} and {@code false}, or with a field {@code label}.
 */
public sealed interface ProbeTexts {

    /**
     * Pairs of token ids, read as they are: nothing is added.
     *
     * @param pairs the pairs
     */
    @Inline
    record TokenPairs(List<TokenPair> pairs) implements ProbeTexts {
        /** Copies the list. */
        public TokenPairs {
            pairs = List.copyOf(pairs);
        }
    }

    /**
     * Pairs of texts.
     *
     * @param pairs the pairs
     */
    @Inline
    record TextPairs(List<TextPair> pairs) implements ProbeTexts {
        /** Copies the list. */
        public TextPairs {
            pairs = List.copyOf(pairs);
        }
    }

    /**
     * The rows of a data set.
     *
     * @param data the data set
     */
    @Inline
    record OfData(DataRef data) implements ProbeTexts {}

    /**
     * A pair of token sequences.
     *
     * @param trueIds  with the concept
     * @param falseIds without it
     */
    @Inline
    record TokenPair(List<Integer> trueIds, List<Integer> falseIds) {
        /** Copies the lists. */
        public TokenPair {
            trueIds = List.copyOf(trueIds);
            falseIds = List.copyOf(falseIds);
        }
    }

    /**
     * A pair of texts.
     *
     * @param trueText  with the concept
     * @param falseText without it
     */
    @Inline
    record TextPair(String trueText, String falseText) {}
}
