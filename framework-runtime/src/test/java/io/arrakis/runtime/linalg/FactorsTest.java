package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.linalg.LinearAlgebra;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FactorsTest {

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);

    @ParameterizedTest
    @CsvSource({"1, 1, DOUBLE, 1e-13", "7, 7, FLOAT, 1e-5", "65, 13, FLOAT, 1e-5", "385, 32, DOUBLE, 1e-12"})
    void qrGivesTheMatrixBack(int n, int columns, DataType type, double tolerance) {
        INDArray a = Nd4j.rand(type, n, columns).subi(0.3);
        LinearAlgebra.Qr qr = linearAlgebra.thinQr(a);
        assertThat(difference(qr.q().mmul(qr.r()), a)).isLessThan(tolerance * columns);
        assertThat(difference(qr.q().transpose().mmul(qr.q()), Nd4j.eye(columns).castTo(type)))
                .isLessThan(tolerance * columns);
        for (int i = 1; i < columns; i++) {
            assertThat(qr.r().getDouble(i, i - 1)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, DOUBLE, 1e-13", "7, 7, FLOAT, 1e-5", "65, 13, FLOAT, 1e-5", "13, 65, DOUBLE, 1e-12"})
    void svdGivesTheMatrixBack(int n, int columns, DataType type, double tolerance) {
        INDArray a = Nd4j.rand(type, n, columns).subi(0.3);
        LinearAlgebra.Svd svd = linearAlgebra.smallSvd(a);
        INDArray s = Nd4j.diag(Nd4j.create(svd.s()).castTo(type));
        assertThat(difference(svd.u().mmul(s).mmul(svd.v().transpose()), a)).isLessThan(tolerance * 100);
        assertThat(svd.s()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    }

    private static double difference(INDArray a, INDArray b) {
        return a.sub(b).amaxNumber().doubleValue();
    }
}
