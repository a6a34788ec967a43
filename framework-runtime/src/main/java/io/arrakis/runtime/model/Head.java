package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HeadSpec;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;

/** What comes after the last block. Only what is asked for is computed. */
final class Head {
    private final Architecture architecture;
    private final HeadSpec spec;
    private final EngineWeights weights;
    private final Memo<Norm> norm;

    Head(EngineWeights weights, Architecture architecture) {
        this.architecture = architecture;
        this.spec = architecture.head();
        this.weights = weights;
        this.norm = new Memo<>(() -> Norm.of(
                weights,
                spec.finalNorm().orElseThrow(),
                WeightName.of(WeightPoint.FINAL_LN_W),
                WeightName.of(WeightPoint.FINAL_LN_B)));
    }

    /**
     * Runs what is asked for.
     *
     * @param stream the residual stream that left the last block, {@code [batch, pos, d_model]}
     */
    void run(NDArray stream, PassInputs inputs, Taps taps) {
        NDArray state = architecture.encoder() ? taps.at(HookPoint.LAST_HIDDEN_STATE, stream) : stream;
        if (taps.wants(HookPoint.FINAL_NORMALIZED) || wantsLogits(taps)) {
            predict(state, inputs, taps);
        }
        if (taps.wants(HookPoint.POOLER_OUTPUT) || taps.wants(HookPoint.NSP_LOGITS)) {
            pool(state, inputs, taps);
        }
    }

    private static boolean wantsLogits(Taps taps) {
        return taps.wants(HookPoint.LOGITS) || wantsProbabilities(taps);
    }

    private static boolean wantsProbabilities(Taps taps) {
        return taps.wants(HookPoint.LOG_PROBS) || taps.wants(HookPoint.NEXT_TOKEN_LOG_PROB);
    }

    private void predict(NDArray state, PassInputs inputs, Taps taps) {
        NDArray normed = taps.at(HookPoint.FINAL_NORMALIZED, norm.get().apply(transformed(state)));
        if (!wantsLogits(taps)) {
            return;
        }
        UnembeddingSpec unembedding = spec.unembedding().orElseThrow();
        NDArray scores = unembedding(unembedding).apply(normed);
        if (unembedding.divisor() != 1) {
            scores.divi(unembedding.divisor());
        }
        NDArray logits = taps.at(HookPoint.LOGITS, SoftCap.apply(unembedding.softCap(), scores));
        if (wantsProbabilities(taps)) {
            NDArray all = taps.at(
                    HookPoint.LOG_PROBS, inputs.precision().widen(logits).logSoftmax(-1));
            if (taps.wants(HookPoint.NEXT_TOKEN_LOG_PROB)) {
                NDArray next = all.gather(inputs.nextIds().expandDims(2), 2).squeeze(2);
                taps.at(HookPoint.NEXT_TOKEN_LOG_PROB, next.mul(inputs.followed()));
            }
        }
    }

    private NDArray transformed(NDArray state) {
        return spec.unembedding()
                .flatMap(UnembeddingSpec::transform)
                .map(function -> Neurons.apply(
                        function,
                        Linear.of(weights, WeightPoint.MLM_W, WeightPoint.MLM_B).apply(state)))
                .orElse(state);
    }

    private Linear unembedding(UnembeddingSpec unembedding) {
        NDArray bias = unembedding.bias() ? weights.vector(WeightName.of(WeightPoint.B_U)) : null;
        WeightPoint matrix = unembedding.tied() ? WeightPoint.W_E : WeightPoint.W_U;
        return new Linear(weights.matrix(WeightName.of(matrix)), bias);
    }

    private void pool(NDArray state, PassInputs inputs, Taps taps) {
        Shape shape = state.getShape();
        NDArray places = state.reshape(shape.get(0) * shape.get(1), shape.get(2));
        NDArray first = ai.djl.nn.core.Embedding.embedding(inputs.firstPlaces(), places, SparseFormat.DENSE)
                .singletonOrThrow();
        NDArray dense =
                Linear.of(weights, WeightPoint.POOLER_W, WeightPoint.POOLER_B).apply(first);
        NDArray pooled = taps.at(HookPoint.POOLER_OUTPUT, dense.tanh());
        if (taps.wants(HookPoint.NSP_LOGITS)) {
            taps.at(
                    HookPoint.NSP_LOGITS,
                    Linear.of(weights, WeightPoint.NSP_W, WeightPoint.NSP_B).apply(pooled));
        }
    }
}
