package io.arrakis.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/** Lets a script time work of this process in turns with its peers. */
public final class RequestLoop {

    private static final double NANOS = 1e9;

    private RequestLoop() {}

    /**
     * Works once for each line on standard input, until it ends, and writes to standard output what that took: seconds of wall
     * clock, and of processor time of the thread that computes (with one thread, all of it).
     */
    public static void serve(Runnable work) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (requests.readLine() != null) {
                long start = System.nanoTime();
                long processorStart = threads.getCurrentThreadCpuTime();
                work.run();
                double processor = (threads.getCurrentThreadCpuTime() - processorStart) / NANOS;
                out.println("seconds " + (System.nanoTime() - start) / NANOS + " " + processor);
            }
        }
    }
}
