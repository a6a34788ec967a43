package io.arrakis.benchmarks.capture;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Captures each time that it is told to, so that a script can time it in turns with its peers.
 *
 * <p>Arguments: rows, columns, threads. For each line on standard input it runs once and writes to standard output what it took:
 * seconds of wall clock, and of processor time of all threads.
 */
public final class CaptureServer {

    private static final double NANOS = 1e9;

    private CaptureServer() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        int columns = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (CaptureWorkload work = new CaptureWorkload(cache(), rows, columns, threads);
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (requests.readLine() != null) {
                long start = System.nanoTime();
                long processorStart = process.getProcessCpuTime();
                work.run();
                double processor = (process.getProcessCpuTime() - processorStart) / NANOS;
                out.println("seconds " + (System.nanoTime() - start) / NANOS + " " + processor);
            }
        }
    }

    static Path cache() {
        String given = System.getenv("ARRAKIS_CACHE_DIR");
        return given == null ? Path.of(System.getProperty("user.home"), ".cache", "arrakis") : Path.of(given);
    }
}
