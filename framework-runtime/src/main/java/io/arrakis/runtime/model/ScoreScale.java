package io.arrakis.runtime.model;

import java.util.OptionalDouble;

/**
 * What becomes of the products of queries and keys.
 *
 * @param factor they are multiplied by it
 * @param cap    c of {@code c * tanh(score / c)}, or 0 for none
 */
record ScoreScale(double factor, double cap) {
    static ScoreScale of(double factor, OptionalDouble cap) {
        return new ScoreScale(factor, cap.orElse(0));
    }
}
