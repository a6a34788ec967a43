package io.arrakis.runtime.cache;

/** The right to make some matrices, until it is closed. */
public interface CacheHold extends AutoCloseable {

    @Override
    void close();
}
