package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.problem.ArrakisException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Native memory that is open after many calls is what was open before them. */
class NativeMemoryTest {

    private static final int CALLS = 200;
    private static final int ROWS = 500;

    /** Far less than a block of any kernel or a copy of the rows; ND4J leaves the shapes of views to the garbage collector. */
    private static final long SHAPES = 20_000;

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);
    private final INDArray rows = Layout.ROW_MAJOR.of(Layout.normal(ROWS, 64, 1), DataType.FLOAT);
    private final INDArray scattered = Layout.SCATTERED.of(Layout.normal(ROWS, 64, 2), DataType.FLOAT);
    private final INDArray few = Layout.SCATTERED.of(Layout.normal(30, 64, 3), DataType.FLOAT);

    /** A few calls, so that no garbage collection frees what a kernel forgot. */
    @Test
    void isFreedByEveryKernelBeforeItReturns() {
        useAll();
        long before = openBytes();
        for (int call = 0; call < 10; call++) {
            useAll();
            assertThat(openBytes()).isLessThan(before + SHAPES);
        }
    }

    @Test
    void isFreedBeforeAFailureIsThrown() {
        INDArray bad = few.dup();
        bad.putScalar(3, 3, Float.NaN);
        failAll(bad);
        long before = openBytes();
        for (int call = 0; call < 10; call++) {
            failAll(bad);
            assertThat(openBytes()).isLessThan(before + SHAPES);
        }
    }

    @Test
    void staysFlatOverManyCalls() {
        useAll();
        long before = openAfterCollection();
        for (int call = 0; call < CALLS; call++) {
            useAll();
        }
        assertThat(openAfterCollection()).isLessThanOrEqualTo(before);
    }

    private void useAll() {
        linearAlgebra.product(scattered, false, few, true).close();
        linearAlgebra.productRows(few, scattered.transpose(), (first, count, values) -> {});
        linearAlgebra.columnRanks(few).close();
        linearAlgebra.nearest(few, scattered, 3, Exclusion.NONE);
        linearAlgebra.neighbourhoods(scattered, 3);
        new NeighbourhoodSearch(scattered, 3, 0).run(new Workers(2));
        LinearAlgebra.Qr qr = linearAlgebra.thinQr(scattered);
        qr.q().close();
        qr.r().close();
        close(linearAlgebra.smallSvd(few));
        close(linearAlgebra.productSvd(List.of(rows), List.of(few)).get(0));
    }

    private static void close(LinearAlgebra.Svd svd) {
        svd.u().close();
        svd.v().close();
    }

    private void failAll(INDArray bad) {
        assertThatThrownBy(() -> linearAlgebra.nearest(bad, bad, 3, Exclusion.SELF))
                .isInstanceOf(ArrakisException.class);
        assertThatThrownBy(() -> linearAlgebra.neighbourhoods(bad, 3)).isInstanceOf(ArrakisException.class);
        assertThatThrownBy(() -> linearAlgebra.productSvd(List.of(rows), List.of(bad)))
                .isInstanceOf(ArrakisException.class);
        assertThatThrownBy(() -> linearAlgebra.productSvd(List.of(rows, rows, few), List.of(rows, rows, bad)))
                .isInstanceOf(ArrakisException.class);
        assertThatThrownBy(() -> linearAlgebra.thinQr(List.of(rows, rows, bad.transpose())))
                .isInstanceOf(ArrakisException.class);
        assertThatThrownBy(() -> linearAlgebra.columnRanks(bad)).isInstanceOf(ArrakisException.class);
        assertThatThrownBy(() -> linearAlgebra.productRows(few, rows.transpose(), (first, count, values) -> {
                    throw new IllegalStateException("no more");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private static long openBytes() {
        return Pointer.totalBytes() + OwnedFloats.openBytes();
    }

    /** Shapes of views are freed by a thread of ND4J's some time after a collection. */
    private static long openAfterCollection() {
        long open = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            System.gc();
            Pointer.deallocateReferences();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            open = Math.min(open, openBytes());
        }
        return open;
    }
}
