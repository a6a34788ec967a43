package io.arrakis.api.operation;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.SeededRandom;
import org.slf4j.Logger;

/** The services of the framework for a running operation. Valid until {@code run} returns. */
@Stable
public interface OperationContext {

    /** Returns the description of the model. */
    ModelDescription model();

    /** Returns what numbers the model's forward passes compute in, which decides how far rounding takes their results apart. */
    ComputeType computeType();

    /** Returns the tokenizer of the model. */
    Tokenizer tokenizer();

    /**
     * Returns the model for the further passes that were required.
     *
     * @throws IllegalStateException if the requirements declared none, or on the call after the last declared one
     */
    HookedModel passes();

    /** Returns the heavy kernels. */
    LinearAlgebra linearAlgebra();

    /** Returns the seed of the experiment. */
    long seed();

    /**
     * Returns a generator for one purpose: the same for equal seed and purpose, and unrelated to that of any other.
     *
     * @param purpose what is drawn, and what tells the draws of one kind apart: {@code "rarefaction"}, the word
     */
    SeededRandom random(String... purpose);

    /** Returns the number of bytes that the operation may hold beside its inputs and its result. */
    long memoryBudgetBytes();

    /** Starts to report progress; closing it ends the report. */
    Progress progress(String what, long total);

    /**
     * Ends the operation if the user asked for it; long loops should call it a few times a second.
     *
     * @throws java.util.concurrent.CancellationException then
     */
    void checkCancelled();

    /** Returns the log of the run. */
    Logger log();

    /** Progress of one part of the work. Safe to call from several threads. */
    interface Progress extends AutoCloseable {

        /** Adds to what is done. */
        void advance(long done);

        @Override
        void close();
    }
}
