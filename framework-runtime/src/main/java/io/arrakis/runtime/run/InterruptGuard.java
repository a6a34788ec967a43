package io.arrakis.runtime.run;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run in order when the process is told to end: asks it to stop, gives it a few seconds, and says INTERRUPTED in the
 * manifest if it does not answer.
 */
final class InterruptGuard implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private InterruptGuard(Cancellation cancellation, Manifest manifest) {
        this.hook = new Thread(() -> stop(cancellation, manifest), "arrakis-interrupt");
    }

    static InterruptGuard of(Cancellation cancellation, Manifest manifest) {
        InterruptGuard guard = new InterruptGuard(cancellation, manifest);
        try {
            Runtime.getRuntime().addShutdownHook(guard.hook);
        } catch (IllegalStateException e) {
            cancellation.cancel(); // the process is ending already
        }
        return guard;
    }

    private void stop(Cancellation cancellation, Manifest manifest) {
        cancellation.cancel();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                manifest.end(RunState.INTERRUPTED, List.of());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            done.countDown(); // the process is ending, and the hook has its answer
        }
    }
}
