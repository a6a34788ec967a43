package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Runs a workload each time that it is told to, so that a script can time it in turns with a peer.
 *
 * <p>Arguments: the workload and the number of threads. For each line on standard input it runs once and writes the seconds of
 * wall clock to standard output.
 */
public final class TimingServer {

    private static final double NANOS = 1e9;

    private TimingServer() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        Workload work = Workloads.valueOf(arguments[0]).make();
        LinearAlgebra linearAlgebra = new Nd4jLinearAlgebra(Integer.parseInt(arguments[1]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (requests.readLine() != null) {
                long start = System.nanoTime();
                work.run(linearAlgebra);
                out.println("seconds " + (System.nanoTime() - start) / NANOS);
            }
        }
    }
}
