package io.arrakis.runtime.linalg;

/** Selection among different numbers. */
final class LongSelection {

    private LongSelection() {}

    /**
     * Moves the smallest numbers to the front, in no order but that the last of them is the largest.
     *
     * <p>Quickselect with the middle of three as pivot; linear on average.
     *
     * @param count    how many numbers count
     * @param smallest how many are wanted, from 1 to {@code count}
     */
    static void smallestFirst(long[] values, int count, int smallest) {
        int low = 0;
        int high = count - 1;
        int wanted = smallest - 1;
        while (low < high) {
            long pivot = middle(values[low], values[(low + high) >>> 1], values[high]);
            int left = low;
            int right = high;
            while (left <= right) {
                while (values[left] < pivot) {
                    left++;
                }
                while (values[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long swapped = values[left];
                    values[left++] = values[right];
                    values[right--] = swapped;
                }
            }
            if (wanted <= right) {
                high = right;
            } else if (wanted >= left) {
                low = left;
            } else {
                return;
            }
        }
    }

    private static long middle(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
