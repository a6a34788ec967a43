package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.BlockForm;
import io.arrakis.api.model.BlockSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;

/**
 * One block: attention, MLP and the norms around them. Weights are read when a pass first comes to them, so that a pass that
 * stops early reads no more than it needs.
 */
final class Block {
    private final BlockSpec spec;
    private final Memo<Attention> attention;
    private final Memo<Mlp> mlp;
    private final Memo<Norm> firstNorm;
    private final Memo<Norm> secondNorm;
    private final Memo<Norm> attentionPostNorm;
    private final Memo<Norm> mlpPostNorm;

    Block(EngineWeights weights, Architecture architecture, int index) {
        spec = architecture.block();
        attention = new Memo<>(() -> new Attention(weights, architecture, index));
        mlp = new Memo<>(() -> new Mlp(weights, architecture, index));
        firstNorm = norm(weights, index, WeightPoint.LN1_W, WeightPoint.LN1_B);
        secondNorm = norm(weights, index, WeightPoint.LN2_W, WeightPoint.LN2_B);
        attentionPostNorm = norm(weights, index, WeightPoint.LN1_POST_W, WeightPoint.LN1_POST_B);
        mlpPostNorm = norm(weights, index, WeightPoint.LN2_POST_W, WeightPoint.LN2_POST_B);
    }

    private Memo<Norm> norm(EngineWeights weights, int index, WeightPoint weight, WeightPoint bias) {
        return new Memo<>(
                () -> Norm.of(weights, spec.norm(), WeightName.of(weight, index), WeightName.of(bias, index)));
    }

    /**
     * Runs the block.
     *
     * @param entering the residual stream, {@code [batch, pos, d_model]}
     * @return the residual stream that leaves; meaningless once the trace is finished
     */
    NDArray run(NDArray entering, PassInputs inputs, Taps taps) {
        NDArray stream = taps.at(HookPoint.RESID_PRE, entering);
        if (taps.finished()) {
            return stream;
        }
        NDArray leaving =
                switch (spec.form()) {
                    case PRE_NORM, PRE_AND_POST_NORM, BRANCH_POST_NORM -> sequential(stream, inputs, taps);
                    case PARALLEL, PARALLEL_SHARED_NORM -> parallel(stream, inputs, taps);
                    case STREAM_POST_NORM -> normedAfter(stream, inputs, taps);
                };
        return taps.finished() ? leaving : taps.at(HookPoint.RESID_POST, leaving);
    }

    private NDArray sequential(NDArray stream, PassInputs inputs, Taps taps) {
        BlockForm form = spec.form();
        NDArray read = form.normsBeforeAttention()
                ? taps.at(HookPoint.LN1_NORMALIZED, firstNorm.get().apply(stream))
                : stream;
        NDArray added = attentionOut(read, inputs, taps);
        if (taps.finished()) {
            return stream;
        }
        NDArray middle = taps.at(HookPoint.RESID_MID, stream.add(added));
        NDArray readByMlp = form.normsBeforeMlp() && !taps.finished()
                ? taps.at(HookPoint.LN2_NORMALIZED, secondNorm.get().apply(middle))
                : middle;
        NDArray addedByMlp = mlpOut(readByMlp, taps);
        return taps.finished() ? stream : middle.add(addedByMlp);
    }

    private NDArray parallel(NDArray stream, PassInputs inputs, Taps taps) {
        NDArray read = taps.at(HookPoint.LN1_NORMALIZED, firstNorm.get().apply(stream));
        NDArray added = attentionOut(read, inputs, taps);
        NDArray readByMlp = spec.form().normsBeforeMlp() && !taps.finished()
                ? taps.at(HookPoint.LN2_NORMALIZED, secondNorm.get().apply(stream))
                : read;
        NDArray addedByMlp = mlpOut(readByMlp, taps);
        return taps.finished() ? stream : stream.add(added).addi(addedByMlp);
    }

    private NDArray normedAfter(NDArray stream, PassInputs inputs, Taps taps) {
        NDArray added = attentionOut(stream, inputs, taps);
        if (taps.finished()) {
            return stream;
        }
        NDArray middle = taps.at(HookPoint.RESID_MID, stream.add(added));
        NDArray normed = taps.at(HookPoint.LN1_NORMALIZED, firstNorm.get().apply(middle));
        NDArray addedByMlp = mlpOut(normed, taps);
        return taps.finished() ? stream : secondNorm.get().apply(normed.add(addedByMlp));
    }

    private NDArray attentionOut(NDArray read, PassInputs inputs, Taps taps) {
        if (taps.finished()) {
            return read;
        }
        NDArray out = attention.get().run(read, inputs, taps);
        return taps.finished() ? out : taps.at(HookPoint.ATTN_OUT, branch(out, attentionPostNorm));
    }

    private NDArray mlpOut(NDArray read, Taps taps) {
        if (taps.finished()) {
            return read;
        }
        NDArray out = mlp.get().run(read, taps);
        return taps.finished() ? out : taps.at(HookPoint.MLP_OUT, branch(out, mlpPostNorm));
    }

    private NDArray branch(NDArray out, Memo<Norm> postNorm) {
        NDArray normed = spec.form().normsBranches() ? postNorm.get().apply(out) : out;
        return spec.residualMultiplier() == 1 ? normed : normed.mul(spec.residualMultiplier());
    }
}
