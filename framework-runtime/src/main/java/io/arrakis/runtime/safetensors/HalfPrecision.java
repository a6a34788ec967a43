package io.arrakis.runtime.safetensors;

/**
 * Sixteen-bit floating numbers, widened exactly to 32 bits, and rounded from them to the nearest, ties to even. The JDK has this
 * from Java 20 on only, and for one of the two types.
 */
final class HalfPrecision {

    private static final int SIGN = 0x8000;
    private static final int EXPONENT = 0x7c00;
    private static final int FRACTION = 0x03ff;
    private static final int MAGNITUDE = 0x7fffffff;
    private static final int INFINITE = 0x7f800000;
    private static final int QUIET_NAN = 0x7e00;
    private static final int SMALLEST_NORMAL = 0x38800000;
    private static final int BEYOND_FLOAT16 = 0x47800000;
    private static final int REBIAS = 0x38000000;
    private static final float SUBNORMAL_UNIT = 0x1.0p-24f;

    private HalfPrecision() {}

    /** Widens a bfloat16: the upper half of a float32. */
    static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Widens an IEEE 754 binary16; infinities and NaN stay what they are. */
    static float fromFloat16(short bits) {
        int sign = (bits & SIGN) << 16;
        int exponent = bits & EXPONENT;
        int fraction = bits & FRACTION;
        if (exponent == EXPONENT) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * SUBNORMAL_UNIT;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | (exponent + 0x1c000) << 13 | fraction << 13);
    }

    /** Rounds to a bfloat16. */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & MAGNITUDE) > INFINITE) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }

    /** Rounds to an IEEE 754 binary16; what is too large becomes infinite. */
    static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & SIGN;
        int magnitude = bits & MAGNITUDE;
        if (magnitude > INFINITE) {
            return (short) (sign | QUIET_NAN);
        }
        if (magnitude >= BEYOND_FLOAT16) {
            return (short) (sign | EXPONENT);
        }
        if (magnitude < SMALLEST_NORMAL) {
            return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) / SUBNORMAL_UNIT));
        }
        return (short) (sign | ((magnitude + 0xfff + (magnitude >>> 13 & 1) - REBIAS) >>> 13));
    }
}
