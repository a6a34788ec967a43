package io.arrakis.runtime.safetensors;

/** Sixteen-bit floating numbers, widened exactly to 32 bits. The JDK has this from Java 20 on only. */
final class HalfPrecision {

    private static final int SIGN = 0x8000;
    private static final int EXPONENT = 0x7c00;
    private static final int FRACTION = 0x03ff;
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
}
