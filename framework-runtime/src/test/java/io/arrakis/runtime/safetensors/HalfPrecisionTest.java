package io.arrakis.runtime.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

    /** IEEE 754-2008, table 3.5: fraction of 10 bits, exponent biased by 15. */
    @Test
    void everyFloat16IsTheNumberOfItsDefinition() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            int exponent = bits >> 10 & 0x1f;
            int fraction = bits & 0x3ff;
            double sign = bits >= 0x8000 ? -1 : 1;
            double magnitude = exponent == 0
                    ? fraction / 1024.0 * Math.pow(2, -14)
                    : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
            double beyond = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            double expected = sign * (exponent == 31 ? beyond : magnitude);
            assertThat(Double.compare(HalfPrecision.fromFloat16((short) bits), expected))
                    .as("bits %04x", bits)
                    .isZero();
        }
    }

    @Test
    void everyBfloat16IsTheUpperHalfOfAFloat32() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float widened = HalfPrecision.fromBfloat16((short) bits);
            assertThat(Float.floatToRawIntBits(widened) >>> 16).isEqualTo(bits);
            assertThat(Float.floatToRawIntBits(widened) & 0xffff).isZero();
        }
    }

    @Test
    void whatIsRepresentableStaysWhatItIs() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float half = HalfPrecision.fromFloat16((short) bits);
            float brain = HalfPrecision.fromBfloat16((short) bits);
            assertThat(Float.isNaN(half) || HalfPrecision.toFloat16(half) == (short) bits)
                    .isTrue();
            assertThat(Float.isNaN(brain) || HalfPrecision.toBfloat16(brain) == (short) bits)
                    .isTrue();
        }
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(Float.NaN)))
                .isNaN();
        assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(Float.NaN)))
                .isNaN();
    }

    /** Halfway between two neighbours the one with an even last bit, else the nearer one; beyond the largest, infinity. */
    @Test
    void whatLiesBetweenGoesToTheNearerAndTiesToEven() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            float low = HalfPrecision.fromFloat16((short) bits);
            float high = bits == 0x7bff ? 65536 : HalfPrecision.fromFloat16((short) (bits + 1));
            between(low, high, bits, HalfPrecision::toFloat16);
        }
        for (int bits = 0; bits < 0x7f7f; bits++) {
            float low = HalfPrecision.fromBfloat16((short) bits);
            between(low, HalfPrecision.fromBfloat16((short) (bits + 1)), bits, HalfPrecision::toBfloat16);
        }
    }

    private interface Narrowing {
        short of(float value);
    }

    private static void between(float low, float high, int bits, Narrowing narrowing) {
        float middle = (float) ((low + (double) high) / 2);
        int even = bits + (bits & 1);
        assertThat(narrowing.of(middle)).isEqualTo((short) even);
        assertThat(narrowing.of(Math.nextDown(middle))).isEqualTo((short) bits);
        assertThat(narrowing.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        assertThat(narrowing.of(-middle)).isEqualTo((short) (even | 0x8000));
    }
}
