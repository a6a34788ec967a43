package io.arrakis.runtime.sweep;

import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import java.io.IOException;

/** Starts workers on this machine. */
public final class LocalExecutor implements SweepExecutor {

    /** What it is called. */
    public static final String NAME = "local";

    /** Called by the service loader. */
    public LocalExecutor() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Runs trials on this machine: in one process, or with --jobs N in N.";
    }

    /**
     * Starts one at a time: the helpers through which Java starts two processes at once hold each other's pipes open, and would wait
     * for each other for ever where this process is killed at that moment.
     */
    @Override
    public synchronized Process start(WorkerStart worker) throws IOException {
        return worker.behind().start();
    }
}
