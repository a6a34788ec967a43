package io.arrakis.benchmarks.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Captures each time that it is told to, so that a script can time it in turns with its peers.
 *
 * <p>Arguments: rows, columns, threads. For each line on standard input it runs once and writes the seconds of wall clock to
 * standard output.
 */
public final class CaptureServer {

    private static final double NANOS = 1e9;

    private CaptureServer() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        int columns = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (CaptureWorkload work = new CaptureWorkload(cache(), rows, columns, threads);
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (requests.readLine() != null) {
                long start = System.nanoTime();
                work.run();
                out.println("seconds " + (System.nanoTime() - start) / NANOS);
            }
        }
    }

    static Path cache() {
        String given = System.getenv("ARRAKIS_CACHE_DIR");
        return given == null ? Path.of(System.getProperty("user.home"), ".cache", "arrakis") : Path.of(given);
    }
}
