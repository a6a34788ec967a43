package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.benchmarks.RequestLoop;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import java.io.IOException;

/**
 * Runs a workload each time that it is told to, so that a script can time it in turns with a peer. Arguments: the workload and the
 * number of threads.
 */
public final class TimingServer {

    private TimingServer() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        Workload work = Workloads.valueOf(arguments[0]).make();
        LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(Integer.parseInt(arguments[1]));
        RequestLoop.serve(() -> work.run(linearAlgebra));
    }
}
