package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.problem.ArrakisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Native memory that is open after many calls is what was open before them. */
class NativeMemoryTest {

    private static final int CALLS = 200;
    private static final int ROWS = 2000;

    /** Less than a tenth of what would stay open if one copy of the rows did in each call. */
    private static final long TOLERATED_BYTES = (long) CALLS * ROWS * 64 * Float.BYTES / 10;

    private final LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(2);
    private final INDArray rows = Layout.ROW_MAJOR.of(Layout.normal(ROWS, 64, 1), DataType.FLOAT);
    private final INDArray scattered = Layout.SCATTERED.of(Layout.normal(ROWS, 64, 2), DataType.FLOAT);
    private final INDArray few = Layout.SCATTERED.of(Layout.normal(30, 64, 3), DataType.FLOAT);

    @Test
    void isFreedByEveryKernel() {
        useAll();
        long before = openInJavaCpp();
        for (int call = 0; call < CALLS; call++) {
            useAll();
        }
        assertThat(openInJavaCpp()).isLessThanOrEqualTo(before);
    }

    @Test
    void isFreedAfterAFailure() {
        INDArray bad = few.dup();
        bad.putScalar(3, 3, Float.NaN);
        failAll(bad);
        long before = openInJavaCpp();
        for (int call = 0; call < CALLS; call++) {
            failAll(bad);
        }
        assertThat(openInJavaCpp()).isLessThanOrEqualTo(before);
    }

    /** Counts the copies of arguments and the results too, which ND4J allocates by itself. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesTheProcessAsLargeAsItWas() throws IOException {
        for (int call = 0; call < CALLS / 10; call++) {
            useAll();
        }
        long before = residentBytes();
        for (int call = 0; call < CALLS; call++) {
            useAll();
        }
        assertThat(residentBytes()).isLessThan(before + TOLERATED_BYTES);
    }

    private void useAll() {
        linearAlgebra.product(scattered, false, few, true).close();
        linearAlgebra.productRows(few, scattered.transpose(), (first, count, values) -> {});
        linearAlgebra.columnRanks(few).close();
        linearAlgebra.nearest(few, scattered, 3, Exclusion.NONE);
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
        assertThatThrownBy(() -> linearAlgebra.productSvd(List.of(rows), List.of(bad)))
                .isInstanceOf(ArrakisException.class);
        assertThatThrownBy(() -> linearAlgebra.productRows(few, rows.transpose(), (first, count, values) -> {
                    throw new IllegalStateException("no more");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    /** ND4J leaves a few bytes for the shape of a view to the garbage collector. */
    private static long openInJavaCpp() {
        long open = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            System.gc();
            Pointer.deallocateReferences();
            open = Math.min(open, Pointer.totalBytes());
        }
        return open;
    }

    private static long residentBytes() throws IOException {
        System.gc();
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096;
    }
}
