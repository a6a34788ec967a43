package io.arrakis.runtime.run;

import java.nio.file.Path;
import java.util.Optional;

/** Results of steps that several runs need: what one has saved, another takes over. */
public interface SharedResults {

    /** Shares nothing. */
    SharedResults NONE = new SharedResults() {
        @Override
        public Hold hold(String key) {
            return () -> {};
        }

        @Override
        public Optional<Path> find(String key) {
            return Optional.empty();
        }

        @Override
        public void saved(String key, Path result) {
            // nobody asks
        }
    };

    /** The right to compute a step, until it is closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until nobody else computes a step.
     *
     * @param key what decides the result of the step
     */
    Hold hold(String key);

    /** Returns the directory of a result that was saved, if it is there. */
    Optional<Path> find(String key);

    /** Tells where a result is. */
    void saved(String key, Path result);
}
