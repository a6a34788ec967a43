package io.arrakis.api.sweep;

import io.arrakis.api.stability.Experimental;
import java.io.IOException;

/**
 * Starts the workers of a sweep somewhere: on this machine, through a batch system, in containers. Chosen by
 * {@code arrakis sweep --executor NAME}, and found through {@code META-INF/services/io.arrakis.api.sweep.SweepExecutor}; the class
 * must be public with a public constructor without parameters, and have no state.
 *
 * <p>A worker is a process that reads trials from its standard input, a line each, runs them, and answers on its standard output
 * when each has ended; it ends when its input does. Which trials are left, what they share, memory that runs short, failures and
 * the report stay with the framework, so what comes of a trial does not depend on who started its worker.
 *
 * <p>Wherever a worker runs, it must find the same Arrakis and Java, the directory of the sweep, the cache directory and the files
 * of the experiment under the same paths as here, on a file system whose locks hold between the machines. A worker with other
 * code or other data refuses its trials.
 */
@Experimental
public interface SweepExecutor {

    /** Returns the name: lower case, digits and underscores. */
    String name();

    /** Returns one sentence for people. */
    String summary();

    /**
     * Starts a worker. Called again for one that died or did not start.
     *
     * @return the process, whose input and output are the worker's; most executors put a command such as {@code srun} before the
     *     worker's, see {@link WorkerStart#behind}
     * @throws IOException if it cannot be started; where no worker can, the sweep stops and says so
     */
    Process start(WorkerStart worker) throws IOException;
}
