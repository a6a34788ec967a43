package io.arrakis.tools.kg;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Pairs that were listed: each is looked at, and no other.
 *
 * @param pairs   keys of the places of query and key among the tokens, each pair once
 * @param leftOut how many rows name a word that is not among the tokens, or one word twice
 */
record ListedPairs(List<Long> pairs, int leftOut) implements PairFinder {

    /**
     * Reads pairs.
     *
     * @param data    rows with the fields head and tail
     * @param tokens  among which they must be
     * @param tokenOf the token of a word
     * @param origin  what messages name
     * @throws ArrakisException if none is left
     */
    static ListedPairs read(
            Dataset data, List<Token> tokens, Function<String, Optional<Token>> tokenOf, String origin) {
        Map<Integer, Integer> places = new HashMap<>();
        tokens.forEach(token -> places.put(token.id(), places.size()));
        Set<Long> seen = new LinkedHashSet<>();
        int rows = 0;
        int leftOut = 0;
        for (Example row : data) {
            Optional<Integer> head = place(row, PairFields.HEAD, places, tokenOf);
            Optional<Integer> tail = place(row, PairFields.TAIL, places, tokenOf);
            rows++;
            if (head.isEmpty() || tail.isEmpty() || head.equals(tail)) {
                leftOut++;
            } else {
                seen.add(PairSet.key(head.get(), tail.get()));
            }
        }
        if (seen.isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    origin,
                    "none of the " + rows + " pairs has two different words that are among the tokens",
                    "list their words in token_ids, each one token of the model");
        }
        return new ListedPairs(List.copyOf(seen), leftOut);
    }

    private static Optional<Integer> place(
            Example row, String field, Map<Integer, Integer> places, Function<String, Optional<Token>> tokenOf) {
        return row.text(field).flatMap(tokenOf).map(token -> places.get(token.id()));
    }

    @Override
    public PairSearch.Found above(PairSpace space, double threshold) {
        List<PairSearch.Pair> found = new ArrayList<>();
        for (long pair : pairs) {
            int query = PairSet.head(pair);
            int key = PairSet.tail(pair);
            double similarity = space.similarity(query, key);
            if (similarity >= threshold) {
                found.add(new PairSearch.Pair(query, key, similarity));
            }
        }
        return new PairSearch.Found(found, found.size());
    }

    @Override
    public long tried(int tokens) {
        return pairs.size();
    }
}
