package io.arrakis.runner.command;

import io.arrakis.runtime.run.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that is told to end (Ctrl-C) say how it ended, before the process is gone.
 *
 * <p>Java ends as soon as its shutdown hooks have returned, whatever the main thread is about to print: so a hook waits for the
 * command, for a few seconds at most. A second Ctrl-C does not wait.
 */
public final class Interrupts implements AutoCloseable {

    /** A little longer than a run is given to end in order. */
    private static final long PATIENCE_SECONDS = 7;

    private final CountDownLatch over = new CountDownLatch(1);
    private Thread hook;

    /**
     * Returns what the command should look at now and then.
     *
     * @param unanswered is done when the command does not end in time
     */
    synchronized Cancellation cancellation(Runnable unanswered) {
        Cancellation cancellation = new Cancellation();
        hook = new Thread(() -> stop(cancellation, unanswered), "arrakis-last-words");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            cancellation.cancel(); // the process is ending already
        }
        return cancellation;
    }

    private void stop(Cancellation cancellation, Runnable unanswered) {
        SecondInterrupt.endsTheProcess();
        cancellation.cancel();
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                unanswered.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has said all that it had to say. */
    @Override
    public synchronized void close() {
        over.countDown();
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                hook = null; // the process is ending, and the hook has its answer
            }
        }
    }
}
