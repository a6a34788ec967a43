package io.arrakis.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "0.0015 | 0.00150",
                "-0.0015 | -0.00150",
                "0.00149 | 0.00149",
                "0.00012345 | 1.23e-04",
                "0.0123456 | 0.0123",
                "0.0999 | 0.0999",
                "0.123456 | 0.123",
                "0.9996 | 1.000",
                "1.5 | 1.50",
                "12.345 | 12.3",
                "123.45 | 123",
                "12345 | 12,345",
                "12345678.5 | 1.23e+07",
                "NaN | not defined"
            })
    void keepsThreeSignificantDigits(double value, String expected) {
        assertThat(Numbers.text(value)).isEqualTo(expected);
    }
}
