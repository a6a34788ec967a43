package io.arrakis.runtime.linalg;

import java.util.Arrays;

/**
 * Sorts packed floats of one length, again and again, by their values and then by their indices.
 *
 * <p>By digits of 8 bits, the last first, which takes a fixed number of steps a number and guesses no branch; used by one thread.
 */
final class FloatOrder {

    private static final int DIGITS = Integer.BYTES;
    private static final int VALUES = 256;

    /** Fewer numbers than this are sorted by comparing them before the digits are counted. */
    private static final int FEW = 64;

    private final long[] spare;
    private final int[][] starts = new int[DIGITS][VALUES];

    /** Makes a sorter of so many numbers. */
    FloatOrder(int count) {
        this.spare = new long[count];
    }

    /**
     * Sorts numbers of {@link SortableFloats#pack}.
     *
     * @param packed in the order of their indices
     */
    void sort(long[] packed) {
        if (packed.length < FEW) {
            Arrays.sort(packed);
            return;
        }
        count(packed);
        long[] from = packed;
        long[] to = spare;
        for (int digit = 0; digit < DIGITS; digit++) {
            if (toStarts(starts[digit], packed.length)) {
                move(from, to, digit);
                long[] moved = from;
                from = to;
                to = moved;
            }
        }
        if (from != packed) {
            System.arraycopy(from, 0, packed, 0, packed.length);
        }
    }

    private void count(long[] packed) {
        for (int[] counts : starts) {
            Arrays.fill(counts, 0);
        }
        for (long number : packed) {
            for (int digit = 0; digit < DIGITS; digit++) {
                starts[digit][digitOf(number, digit)]++;
            }
        }
    }

    /** Turns counts into the places where numbers with a digit start; returns false where all have the same digit. */
    private static boolean toStarts(int[] counts, int all) {
        int start = 0;
        boolean several = true;
        for (int value = 0; value < VALUES; value++) {
            int count = counts[value];
            several &= count != all;
            counts[value] = start;
            start += count;
        }
        return several;
    }

    private void move(long[] from, long[] to, int digit) {
        int[] next = starts[digit];
        for (long number : from) {
            to[next[digitOf(number, digit)]++] = number;
        }
    }

    /** Returns a digit of the value, 0 the least; the sign counts in the last one. */
    private static int digitOf(long packed, int digit) {
        int ordered = (int) (packed >> 32) ^ Integer.MIN_VALUE;
        return ordered >>> (digit * 8) & (VALUES - 1);
    }
}
