package io.arrakis.runtime.linalg;

/** Numbers that sort by a float, smallest first, and then by an index; NaN has no place among them. */
final class SortableFloats {

    private SortableFloats() {}

    /** Packs a float and an index of at least 0; -0 counts as 0. */
    static long pack(float value, int index) {
        int bits = Float.floatToRawIntBits(value + 0f);
        return (long) flip(bits) << 32 | index;
    }

    static int index(long packed) {
        return (int) packed;
    }

    static float value(long packed) {
        return Float.intBitsToFloat(flip((int) (packed >> 32)));
    }

    static boolean sameValue(long packed, long other) {
        return packed >> 32 == other >> 32;
    }

    /** Turns bits of floats into numbers of the same order, and back. */
    private static int flip(int bits) {
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }
}
