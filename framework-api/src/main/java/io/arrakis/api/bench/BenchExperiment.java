package io.arrakis.api.bench;

import io.arrakis.api.stability.Experimental;

/**
 * An experiment as a class, for {@link Bench#logExperiment(Class)}.
 *
 * @param <T> what it finds
 */
@Experimental
@FunctionalInterface
public interface BenchExperiment<T> {

    /** Calls operations, and returns what it found. */
    T run();
}
