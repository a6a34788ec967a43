package io.arrakis.tools.prober;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of the framework on real kernels, without a model. */
record FakeContext(long seed, Tokenizer tokenizer, long memoryBudgetBytes) implements OperationContext {

    private static final LinearAlgebra KERNELS = new Nd4jLinearAlgebra(2);

    static FakeContext seeded(long seed) {
        return new FakeContext(seed, new FakeTokenizer(java.util.List.of()), 1 << 24);
    }

    @Override
    public ModelDescription model() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ComputeType computeType() {
        return ComputeType.FLOAT32;
    }

    @Override
    public HookedModel passes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LinearAlgebra linearAlgebra() {
        return KERNELS;
    }

    @Override
    public SeededRandom random(String... purpose) {
        return SeededRandom.of(seed, purpose);
    }

    @Override
    public Progress progress(String what, long total) {
        return new Progress() {
            @Override
            public void advance(long done) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void checkCancelled() {}

    @Override
    public Logger log() {
        return LoggerFactory.getLogger(FakeContext.class);
    }
}
