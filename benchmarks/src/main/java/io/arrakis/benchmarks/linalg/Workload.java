package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.LinearAlgebra;

/** A piece of work on made-up numbers that can be repeated. */
interface Workload {

    /** Does the work once, and throws an {@link IllegalStateException} where the result is not what it must be. */
    void run(LinearAlgebra linearAlgebra);

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("wrong result: " + what);
        }
    }
}
