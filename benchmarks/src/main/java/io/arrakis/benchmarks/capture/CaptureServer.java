package io.arrakis.benchmarks.capture;

import io.arrakis.benchmarks.RequestLoop;
import java.io.IOException;

/** Captures each time that it is told to. Arguments: rows, columns, threads. */
public final class CaptureServer {

    private CaptureServer() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        int columns = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        try (CaptureWorkload work = new CaptureWorkload(rows, columns, threads)) {
            RequestLoop.serve(work::run);
        }
    }
}
