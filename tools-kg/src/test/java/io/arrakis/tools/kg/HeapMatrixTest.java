package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.linalg.NativeCopy;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class HeapMatrixTest {

    @Test
    void copiesRowsInTheirOrder() {
        HeapMatrix matrix = new HeapMatrix(2, 3, new float[] {1, 2, 3, 4, 5, 6});
        try (NativeCopy copy = matrix.toNative()) {
            assertThat(copy.array().getFloat(1, 0)).isEqualTo(4);
            assertThat(HeapMatrix.copyOf(copy.array()).values()).isEqualTo(matrix.values());
        }
    }

    /** One and a half gigabytes in turn; arrays that wait for the garbage collector would all be there. */
    @Test
    void closedCopiesGiveTheirMemoryBack() {
        HeapMatrix matrix = HeapMatrix.zeros(2_000, 2_000);
        matrix.toNative().close();
        long before = Pointer.physicalBytes();
        for (int i = 0; i < 100; i++) {
            matrix.toNative().close();
        }
        assertThat(Pointer.physicalBytes() - before).isLessThan(800_000_000L);
    }
}
