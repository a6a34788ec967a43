package io.arrakis.tools.kg;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pairs of words of which something will be asked, each in both directions.
 *
 * @param heads first words
 * @param tails second words
 * @param rows  the place of each pair, by its key
 */
record PairIndex(int[] heads, int[] tails, Map<Long, Integer> rows) {

    static PairIndex of(Stream<WordPair> pairs) {
        Set<Long> keys = new LinkedHashSet<>();
        pairs.forEach(pair -> {
            keys.add(PairSet.key(pair.head(), pair.tail()));
            keys.add(PairSet.key(pair.tail(), pair.head()));
        });
        PairIndex index = new PairIndex(new int[keys.size()], new int[keys.size()], new HashMap<>());
        keys.forEach(key -> index.add(key));
        return index;
    }

    private void add(long key) {
        int row = rows.size();
        heads[row] = PairSet.head(key);
        tails[row] = PairSet.tail(key);
        rows.put(key, row);
    }

    int count() {
        return heads.length;
    }

    /** Returns the place of a pair. */
    int row(WordPair pair) {
        Integer row = rows.get(PairSet.key(pair.head(), pair.tail()));
        if (row == null) {
            throw new IllegalArgumentException(
                    "words " + pair.head() + " and " + pair.tail() + " are not among the pairs that were read");
        }
        return row;
    }
}
