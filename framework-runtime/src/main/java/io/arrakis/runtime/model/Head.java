package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Linear;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HeadSpec;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.engine.TensorList;

/** What comes after the last block. Only what is asked for is computed. */
final class Head {
    private final Architecture architecture;
    private final HeadSpec spec;
    private final EngineWeights weights;
    private final Kernels kernels;
    private final Memo<Norm> norm;
    private final Memo<TensorList> transform;
    private final Memo<TensorList> unembedding;
    private final Memo<TensorList> pooler;
    private final Memo<TensorList> nextSentence;

    Head(EngineWeights weights, Architecture architecture) {
        this.architecture = architecture;
        this.spec = architecture.head();
        this.weights = weights;
        this.kernels = weights.kernels();
        this.norm = new Memo<>(() -> Norm.of(
                weights,
                spec.finalNorm().orElseThrow(),
                WeightName.of(WeightPoint.FINAL_LN_W),
                WeightName.of(WeightPoint.FINAL_LN_B)));
        this.transform = new Memo<>(() -> weights.layer(WeightPoint.MLM_W, WeightPoint.MLM_B));
        this.unembedding = new Memo<>(() -> weights.layer(WeightPoint.W_U, WeightPoint.B_U));
        this.pooler = new Memo<>(() -> weights.layer(WeightPoint.POOLER_W, WeightPoint.POOLER_B));
        this.nextSentence = new Memo<>(() -> weights.layer(WeightPoint.NSP_W, WeightPoint.NSP_B));
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
        UnembeddingSpec form = spec.unembedding().orElseThrow();
        NDArray scores = form.tied() ? scoresOfEmbeddings(normed, form) : kernels.linear(normed, unembedding.get());
        NDArray divided = form.divisor() == 1 ? scores : scores.div(form.divisor());
        NDArray logits = taps.at(HookPoint.LOGITS, kernels.soften(divided, form.softCap()));
        if (wantsProbabilities(taps)) {
            NDArray all = taps.at(
                    HookPoint.LOG_PROBS, inputs.precision().widen(logits).logSoftmax(-1));
            if (taps.wants(HookPoint.NEXT_TOKEN_LOG_PROB)) {
                NDArray next = all.gather(inputs.nextIds().expandDims(2), 2).squeeze(2);
                taps.at(HookPoint.NEXT_TOKEN_LOG_PROB, next.mul(inputs.followed()));
            }
        }
    }

    /** By libtorch's own product, since the embedding is kept as it is, to look tokens up. */
    private NDArray scoresOfEmbeddings(NDArray normed, UnembeddingSpec form) {
        NDArray bias = form.bias() ? weights.vector(WeightName.of(WeightPoint.B_U)) : null;
        return Linear.linear(normed, weights.matrix(WeightName.of(WeightPoint.W_E)), bias)
                .singletonOrThrow();
    }

    private NDArray transformed(NDArray state) {
        return spec.unembedding()
                .flatMap(UnembeddingSpec::transform)
                .map(function -> kernels.neurons(state, transform.get(), function))
                .orElse(state);
    }

    private void pool(NDArray state, PassInputs inputs, Taps taps) {
        Shape shape = state.getShape();
        NDArray places = state.reshape(shape.get(0) * shape.get(1), shape.get(2));
        NDArray first = ai.djl.nn.core.Embedding.embedding(inputs.firstPlaces(), places, SparseFormat.DENSE)
                .singletonOrThrow();
        NDArray dense = kernels.linear(first, pooler.get());
        NDArray pooled = taps.at(HookPoint.POOLER_OUTPUT, dense.tanh());
        if (taps.wants(HookPoint.NSP_LOGITS)) {
            taps.at(HookPoint.NSP_LOGITS, kernels.linear(pooled, nextSentence.get()));
        }
    }
}
