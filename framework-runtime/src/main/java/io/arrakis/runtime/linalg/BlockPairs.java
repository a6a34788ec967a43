package io.arrakis.runtime.linalg;

/** Numbers the pairs of blocks on and above a diagonal. */
final class BlockPairs {

    private BlockPairs() {}

    /** Two blocks, {@code first <= second}. */
    record Pair(int first, int second) {}

    /** Returns how many pairs some blocks have, each with itself and with every other. */
    static long count(int blocks) {
        return (long) blocks * (blocks + 1) / 2;
    }

    /** Returns a pair in an order in which neighbours share a block seldom: first those on the diagonal, then those next to it. */
    static Pair byDiagonals(int number, int blocks) {
        long left = count(blocks) - 1 - number;
        int length = (int) ((Math.sqrt(8.0 * left + 1) - 1) / 2); // of this diagonal, less 1
        int first = length - (int) (left - count(length));
        return new Pair(first, first + blocks - 1 - length);
    }
}
