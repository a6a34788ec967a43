package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.EmbeddingSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;

/** From token ids to the stream that enters the first block. */
final class Embedding {
    private final EmbeddingSpec spec;
    private final EngineWeights weights;
    private final Memo<Norm> norm;

    Embedding(EngineWeights weights, Architecture architecture) {
        this.spec = architecture.embedding();
        this.weights = weights;
        this.norm = new Memo<>(() -> Norm.of(
                weights,
                spec.norm().orElseThrow(),
                WeightName.of(WeightPoint.EMBED_LN_W),
                WeightName.of(WeightPoint.EMBED_LN_B)));
    }

    /** The residual stream that enters block 0, {@code [batch, pos, d_model]}; meaningless once the trace is finished. */
    NDArray run(PassInputs inputs, Taps taps) {
        NDArray tokens = lookUp(WeightPoint.W_E, inputs.ids());
        NDArray stream = taps.at(HookPoint.EMBED, spec.scale() == 1 ? tokens : tokens.mul(spec.scale()));
        if (spec.tokenTypes() > 0 && !taps.finished()) {
            NDArray types = lookUp(WeightPoint.W_TOKEN_TYPE, inputs.typeIds());
            stream = stream.add(taps.at(HookPoint.TOKEN_TYPE_EMBED, types));
        }
        if (spec.positions().isPresent() && !taps.finished()) {
            NDArray places = lookUp(WeightPoint.W_POS, inputs.positionRows());
            stream = stream.add(taps.at(HookPoint.POS_EMBED, places));
        }
        return spec.norm().isPresent() && !taps.finished() ? norm.get().apply(stream) : stream;
    }

    private NDArray lookUp(WeightPoint table, NDArray rows) {
        return ai.djl.nn.core.Embedding.embedding(rows, weights.matrix(WeightName.of(table)), SparseFormat.DENSE)
                .singletonOrThrow();
    }
}
