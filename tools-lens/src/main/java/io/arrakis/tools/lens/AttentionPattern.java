package io.arrakis.tools.lens;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The attention of one head over one input.
 *
 * @param values patterns of several heads and inputs, row-major
 * @param offset where this one begins
 * @param length positions of the input
 */
record AttentionPattern(float[] values, int offset, int length) {

    /** Returns the attention of a head that prefers no place: the same on every key that a query sees. */
    static AttentionPattern uniform(int length, boolean causal) {
        float[] values = new float[length * length];
        for (int query = 0; query < length; query++) {
            int seen = causal ? query + 1 : length;
            for (int key = 0; key < seen; key++) {
                values[query * length + key] = 1f / seen;
            }
        }
        return new AttentionPattern(values, 0, length);
    }

    /** Returns how much a query attends to a key. */
    double at(int query, int key) {
        return values[offset + query * length + key];
    }

    /** Returns the same with values of its own. */
    AttentionPattern copy() {
        return new AttentionPattern(Arrays.copyOfRange(values, offset, offset + length * length), 0, length);
    }

    /** Returns all rows, a query each. */
    List<List<Double>> rows() {
        return IntStream.range(0, length)
                .mapToObj(query -> IntStream.range(0, length)
                        .mapToObj(key -> at(query, key))
                        .toList())
                .toList();
    }
}
