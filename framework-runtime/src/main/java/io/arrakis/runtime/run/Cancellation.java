package io.arrakis.runtime.run;

import java.util.concurrent.CancellationException;

/** Whether the user asked to stop. Safe for use by several threads. */
public final class Cancellation {

    private volatile boolean asked;

    /** Asks to stop. */
    public void cancel() {
        asked = true;
    }

    /** Returns whether somebody asked. */
    public boolean isAsked() {
        return asked;
    }

    /**
     * Goes on unless somebody asked to stop.
     *
     * @throws CancellationException then
     */
    public void check() {
        if (asked) {
            throw new CancellationException("stopped");
        }
    }
}
