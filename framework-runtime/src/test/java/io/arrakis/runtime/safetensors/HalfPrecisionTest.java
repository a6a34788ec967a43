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
}
