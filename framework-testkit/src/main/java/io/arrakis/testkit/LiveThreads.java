package io.arrakis.testkit;

import java.util.HashSet;
import java.util.Set;

/** The threads that keep the process alive. */
final class LiveThreads {

    private static final int PATIENCE_MILLIS = 2000;
    private static final int STEP_MILLIS = 20;

    private LiveThreads() {}

    static Set<Thread> now() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(Thread::isDaemon);
        return threads;
    }

    /** Returns those that were not there before, after giving them time to end. */
    static Set<Thread> settled(Set<Thread> before) throws InterruptedException {
        Set<Thread> left = left(before);
        for (int waited = 0; waited < PATIENCE_MILLIS && !left.isEmpty(); waited += STEP_MILLIS) {
            Thread.sleep(STEP_MILLIS);
            left = left(before);
        }
        return left;
    }

    private static Set<Thread> left(Set<Thread> before) {
        Set<Thread> left = now();
        left.removeAll(before);
        return left;
    }
}
