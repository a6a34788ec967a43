package io.arrakis.data.wordnet;

import java.util.Arrays;
import java.util.Optional;

/**
 * How often the senses of a word occur in SemCor, the texts that were tagged with WordNet's senses.
 *
 * @param counts of the senses that occur, each above 0
 */
record TagCounts(int[] counts) {

    /** Returns how often the word occurs in any sense. */
    long sum() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /** Returns the entropy of the counts in bits: 0 where one sense occurs; nothing where none does. */
    Optional<Double> entropy() {
        if (counts.length == 0) {
            return Optional.empty();
        }
        double sum = sum();
        double entropy = 0;
        for (int count : counts) {
            double share = count / sum;
            entropy -= share * StrictMath.log(share) / StrictMath.log(2);
        }
        return Optional.of(Math.max(0, entropy));
    }
}
