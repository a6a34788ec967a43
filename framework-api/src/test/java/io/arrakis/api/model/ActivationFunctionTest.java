package io.arrakis.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of PyTorch 2.15 in float64, at -3.5, -0.7, 0, 0.4 and 2.6. */
class ActivationFunctionTest {

    private static final double[] AT = {-3.5, -0.7, 0, 0.4, 2.6};

    @ParameterizedTest
    @CsvSource({
        "GELU, -0.0008142017766243903, -0.1693745565561511, 0, 0.2621686966441297, 2.587880911138331",
        "GELU_NEW, -0.0006161976553737403, -0.16942986529488321, 0, 0.2621611694273562, 2.5883460823147573",
        "GELU_PYTORCH_TANH, -0.0006161976553737403, -0.16942986529488321, 0, 0.2621611694273562, 2.5883460823147573",
        "SILU, -0.10259280762974712, -0.2322685594822837, 0, 0.2394750640449808, 2.4202401071072988",
        "RELU, 0, 0, 0, 0.4, 2.6",
        "QUICK_GELU, -0.009033446134780122, -0.16310604827684988, 0, 0.2655668902881656, 2.569241511570555"
    })
    void hasTheValuesOfPyTorch(ActivationFunction function, double a, double b, double c, double d, double e) {
        double[] expected = {a, b, c, d, e};
        for (int i = 0; i < AT.length; i++) {
            assertThat(function.apply(AT[i])).isCloseTo(expected[i], within(1e-13));
        }
    }
}
