package org.example.samples;

import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import java.io.IOException;

/**
 * Workers that leave the machine to everybody else: {@code arrakis sweep FILE --executor nice --jobs 4}. What reaches a batch
 * system instead puts its own command there, such as {@code srun --ntasks=1 --cpus-per-task=2}.
 */
public final class NiceExecutor implements SweepExecutor {

    /** Called by the service loader. */
    public NiceExecutor() {}

    @Override
    public String name() {
        return "nice";
    }

    @Override
    public String summary() {
        return "Runs trials on this machine with the lowest priority.";
    }

    @Override
    public Process start(WorkerStart worker) throws IOException {
        return worker.behind("nice", "-n", "19").start();
    }
}
