package io.arrakis.data.wordnet;

import io.arrakis.api.data.Example;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The rows of a data set, each made when it is asked for.
 *
 * @param fields  the names of the fields that they may have
 * @param size    how many there are
 * @param at      makes the row of a number from 0 on; equal numbers give equal rows
 * @param remarks what was noticed while they were collected, sentences without a full stop
 */
record Rows(List<String> fields, int size, IntFunction<Example> at, List<String> remarks) {

    /** Returns the rows with these numbers, in their order. */
    Rows only(int[] numbers) {
        return new Rows(fields, numbers.length, i -> at.apply(numbers[i]), remarks);
    }
}
