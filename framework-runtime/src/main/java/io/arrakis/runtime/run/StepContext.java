package io.arrakis.runtime.run;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.SeededRandom;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** The services for one run of one operation. */
final class StepContext implements OperationContext {

    /** The same on every machine: blocks that follow from it decide last bits. */
    private static final long MEMORY_BYTES = 1L << 30;

    private final HookedModel model;
    private final Optional<DeclaredPasses> passes;
    private final Supplier<LinearAlgebra> linearAlgebra;
    private final ComputeType computeType;
    private final long seed;
    private final RunListener listener;
    private final Cancellation cancellation;
    private final Logger log;

    StepContext(
            HookedModel model,
            Optional<DeclaredPasses> passes,
            Supplier<LinearAlgebra> linearAlgebra,
            RunServices services,
            ComputeType computeType,
            long seed,
            Logger log) {
        this.model = model;
        this.passes = passes;
        this.linearAlgebra = linearAlgebra;
        this.computeType = computeType;
        this.seed = seed;
        this.listener = services.listener();
        this.cancellation = services.cancellation();
        this.log = log;
    }

    @Override
    public ModelDescription model() {
        return model.description();
    }

    @Override
    public ComputeType computeType() {
        return computeType;
    }

    @Override
    public Tokenizer tokenizer() {
        return model.tokenizer();
    }

    @Override
    public HookedModel passes() {
        return passes.orElseThrow(() -> new IllegalStateException(
                "the operation declared no further passes; its requires() must say how many it needs"));
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return linearAlgebra.get();
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public SeededRandom random(String... purpose) {
        return SeededRandom.of(seed, purpose);
    }

    @Override
    public long memoryBudgetBytes() {
        return MEMORY_BYTES;
    }

    @Override
    public Progress progress(String what, long total) {
        listener.progressStarted(what, total);
        return new Progress() {
            @Override
            public void advance(long done) {
                listener.progressAdvanced(done);
            }

            @Override
            public void close() {
                listener.progressFinished();
            }
        };
    }

    @Override
    public void checkCancelled() {
        cancellation.check();
    }

    @Override
    public Logger log() {
        return log;
    }
}
