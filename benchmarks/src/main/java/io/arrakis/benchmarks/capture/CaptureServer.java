package io.arrakis.benchmarks.capture;

import java.io.IOException;
import java.nio.file.Path;

/** Captures each time that it is told to. Arguments: rows, columns, threads. */
public final class CaptureServer {

    private CaptureServer() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        int columns = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        try (CaptureWorkload work = new CaptureWorkload(cache(), rows, columns, threads)) {
            RequestLoop.serve(work::run);
        }
    }

    static Path cache() {
        String given = System.getenv("ARRAKIS_CACHE_DIR");
        return given == null ? Path.of(System.getProperty("user.home"), ".cache", "arrakis") : Path.of(given);
    }
}
