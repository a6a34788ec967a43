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

    @Override
    public Process start(WorkerStart worker) throws IOException {
        return worker.behind().start();
    }
}
