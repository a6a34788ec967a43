package io.arrakis.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TensorRunsTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void givesAnyRunOfATensorAndOfARowOfAnother(DataType type) {
        INDArray tensor = Nd4j.arange(24).castTo(type).reshape(4, 6);
        assertThat(numbers(new TensorRuns(tensor).run(5, 3))).containsExactly(5, 6, 7);
        assertThat(numbers(new TensorRuns(tensor).run(21, 3))).containsExactly(21, 22, 23);
        assertThat(numbers(new TensorRuns(tensor).run(24, 0))).isEmpty();
        TensorRuns row = new TensorRuns(tensor.get(NDArrayIndex.point(2), NDArrayIndex.all()));
        assertThat(row.length()).isEqualTo(6);
        assertThat(numbers(row.run(1, 2))).containsExactly(13, 14);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void refusesWhatLiesOutside(DataType type) {
        TensorRuns runs = new TensorRuns(Nd4j.zeros(type, 3));
        assertThatThrownBy(() -> runs.run(2, 2)).hasMessage("numbers 2 to 4 of 3");
        assertThatThrownBy(() -> runs.run(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static float[] numbers(FloatBuffer run) {
        float[] numbers = new float[run.remaining()];
        run.get(numbers);
        return numbers;
    }
}
