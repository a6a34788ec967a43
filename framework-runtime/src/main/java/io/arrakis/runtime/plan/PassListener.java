package io.arrakis.runtime.plan;

/** Is told how a pass goes on. */
@FunctionalInterface
public interface PassListener {

    /** Tells nobody. */
    PassListener SILENT = (examples, tokens) -> {};

    /** A batch is done: so many texts and tokens more, padding not counted. */
    void done(int examples, int tokens);
}
