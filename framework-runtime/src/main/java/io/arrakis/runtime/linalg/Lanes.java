package io.arrakis.runtime.linalg;

import java.util.Arrays;

/**
 * Finds the few large numbers among many: every 64th number falls into one lane, and a lane whose largest number is too small holds
 * none. Java's compiler takes the largest of several lanes at a time, where it compares numbers with a bound one by one.
 */
final class Lanes {

    static final int COUNT = 64;

    private final float[] largest = new float[COUNT];

    /** Returns the largest number of a lane, negative infinity where it is empty. */
    float largest(int lane) {
        return largest[lane];
    }

    /** Deals numbers, none of them NaN, to the lanes. */
    void deal(float[] values, int count) {
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        int first = 0;
        for (; first + COUNT <= count; first += COUNT) {
            for (int lane = 0; lane < COUNT; lane++) {
                largest[lane] = Math.max(largest[lane], values[first + lane]);
            }
        }
        for (int i = first; i < count; i++) {
            largest[i - first] = Math.max(largest[i - first], values[i]);
        }
    }

    /** Deals how far numbers lie above their own bounds, 0 where they reach them and less where they do not. */
    void dealAbove(float[] values, int count, float[] bounds, int firstBound) {
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        int first = 0;
        for (; first + COUNT <= count; first += COUNT) {
            int bound = firstBound + first;
            for (int lane = 0; lane < COUNT; lane++) {
                largest[lane] = Math.max(largest[lane], values[first + lane] - bounds[bound + lane]);
            }
        }
        for (int i = first; i < count; i++) {
            largest[i - first] = Math.max(largest[i - first], values[i] - bounds[firstBound + i]);
        }
    }
}
