package io.arrakis.runtime.linalg;

import org.nd4j.nativeblas.NativeOpsHolder;

/** Loads ND4J and OpenBLAS. */
public final class Nd4jNatives {

    private Nd4jNatives() {}

    /**
     * Loads the libraries where that has not been done, and says how many threads they may use.
     *
     * <p>ND4J's own loops (sums, copies) use the given number; OpenBLAS one, since the kernels share their blocks among threads
     * themselves.
     */
    public static void load(int threads) {
        Blas.load();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }
}
