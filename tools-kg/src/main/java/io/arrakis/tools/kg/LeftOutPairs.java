package io.arrakis.tools.kg;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How many pairs were read and not used, by reason.
 *
 * @param read   number of rows
 * @param counts of each reason that there is
 */
record LeftOutPairs(int read, Map<Reason, Integer> counts) {

    /** Nothing read, nothing left out. */
    static final LeftOutPairs NONE = new LeftOutPairs(0, Map.of());

    /** Why a pair is not used. */
    enum Reason {
        NO_WORD("have a word that is not among the words or not one token"),
        TWO_HALVES("have words of different halves"),
        PER_WORD("go beyond per_word"),
        PER_HALF("go beyond per_half");

        private final String said;

        Reason(String said) {
            this.said = said;
        }
    }

    /** Copies the counts, in the order of the reasons. */
    LeftOutPairs {
        Map<Reason, Integer> ordered = new EnumMap<>(Reason.class);
        ordered.putAll(counts);
        counts = ordered;
    }

    /** Returns the same with so many more of a reason. */
    LeftOutPairs with(Reason reason, int count) {
        Map<Reason, Integer> more = new EnumMap<>(Reason.class);
        more.putAll(counts);
        if (count > 0) {
            more.merge(reason, count, Integer::sum);
        }
        return new LeftOutPairs(read, more);
    }

    /** Returns what a reader should know, nothing where all pairs are used. */
    Optional<String> warning() {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0
                ? Optional.empty()
                : Optional.of(counts.entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey().said)
                        .collect(Collectors.joining(", ", all + " of " + read + " pairs are not used: ", "")));
    }
}
