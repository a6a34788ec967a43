package io.arrakis.benchmarks.linalg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.Weights;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.tools.prober.CrowdingScores;
import io.arrakis.tools.prober.NeuronCrowding;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** How crowded the input weights of neurons are: the operation itself, on weights that are made up. */
final class CrowdingWorkload implements Workload {

    private static final int K = 50;

    private final INDArray weights;

    /** Makes weights of neurons as a model holds them, {@code [d_model, d_mlp]}. */
    CrowdingWorkload(int dModel, int dMlp) {
        try (INDArray rows = Numbers.unitRows(dMlp, dModel, 1)) {
            this.weights = rows.transpose().dup('c');
        }
    }

    @Override
    public void run(LinearAlgebra linearAlgebra) {
        CrowdingScores scores = new NeuronCrowding()
                .run(new NeuronCrowding.Params(0, K), new OnlyWeights(weights), new OnlyKernels(linearAlgebra));
        Workload.require(scores.neurons().rows().size() == weights.columns(), "number of neurons");
        // Neighbours of random directions are about as far from their mean as they are from each other.
        Workload.require(scores.median() > 1 && scores.median() < 20, "median " + scores.median());
    }

    private record OnlyWeights(INDArray matrix) implements Inputs, Weights {

        @Override
        public Activations activations(String capture) {
            throw new UnsupportedOperationException(capture);
        }

        @Override
        public Weights weights() {
            return this;
        }

        @Override
        public Dataset data(DataRef data) {
            throw new UnsupportedOperationException(data.name());
        }

        @Override
        public <R extends Record> R step(StepRef<R> step, Class<R> shape) {
            throw new UnsupportedOperationException(shape.getName());
        }

        @Override
        public <R extends Record> R saved(Path directory, Class<R> shape) {
            throw new UnsupportedOperationException(directory.toString());
        }

        @Override
        public List<WeightName> names() {
            return List.of();
        }

        @Override
        public long[] shape(WeightName name) {
            return matrix.shape();
        }

        @Override
        public INDArray get(WeightName name) {
            return matrix.dup('c');
        }

        @Override
        public long bytesRead() {
            return 0;
        }
    }

    private record OnlyKernels(LinearAlgebra linearAlgebra) implements OperationContext {

        @Override
        public ModelDescription model() {
            throw new UnsupportedOperationException("model");
        }

        @Override
        public ComputeType computeType() {
            return ComputeType.FLOAT32;
        }

        @Override
        public Tokenizer tokenizer() {
            throw new UnsupportedOperationException("tokenizer");
        }

        @Override
        public HookedModel passes() {
            throw new UnsupportedOperationException("passes");
        }

        @Override
        public long seed() {
            return 1;
        }

        @Override
        public SeededRandom random(String... purpose) {
            return SeededRandom.of(1, purpose);
        }

        @Override
        public long memoryBudgetBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public Progress progress(String what, long total) {
            throw new UnsupportedOperationException(what);
        }

        @Override
        public void checkCancelled() {}

        @Override
        public Logger log() {
            return NOPLogger.NOP_LOGGER;
        }
    }
}
