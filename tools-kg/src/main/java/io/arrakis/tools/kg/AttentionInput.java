package io.arrakis.tools.kg;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.WeightPoint;
import java.util.Arrays;
import java.util.Optional;

/**
 * What stands between the residual stream and the attention of a block: nothing, or a norm, whose weight and bias are folded into
 * the factors so that they take the normed stream itself.
 *
 * @param norm  the norm, or nothing
 * @param scale its weight, {@code [d_model]}, with the one added where the family adds it; ones where there is no norm
 * @param shift its bias, {@code [d_model]}; zeros where there is none
 */
record AttentionInput(Optional<NormSpec> norm, float[] scale, float[] shift) {

    static AttentionInput read(BlockWeights weights) {
        Architecture architecture = weights.architecture();
        int dModel = architecture.dims().dModel();
        float[] scale = new float[dModel];
        Arrays.fill(scale, 1);
        Optional<NormSpec> norm = norm(architecture);
        if (norm.isEmpty()) {
            return new AttentionInput(norm, scale, new float[dModel]);
        }
        float[] weight = weights.get(WeightPoint.LN1_W);
        for (int i = 0; i < dModel; i++) {
            scale[i] = norm.get().weightPlusOne() ? weight[i] + 1 : weight[i];
        }
        float[] shift = weights.has(WeightPoint.LN1_B) ? weights.get(WeightPoint.LN1_B) : new float[dModel];
        return new AttentionInput(norm, scale, shift);
    }

    /** Returns the norm through which attention reads the stream; empty in families that norm afterwards. */
    static Optional<NormSpec> norm(Architecture architecture) {
        return architecture.block().form().normsBeforeAttention()
                ? Optional.of(architecture.block().norm())
                : Optional.empty();
    }

    AttentionInput unbiased() {
        return new AttentionInput(norm, scale, new float[shift.length]);
    }

    /** Returns whether the factors need not know the mean of a row, because it is taken away before. */
    boolean centres() {
        return norm.filter(spec -> spec.kind() == NormSpec.Kind.LAYER_NORM).isPresent();
    }

    /** Returns normed rows with weight and bias: what the matrices of the block are multiplied with. */
    HeapMatrix weighted(HeapMatrix normed) {
        HeapMatrix result = HeapMatrix.zeros(normed.rows(), normed.columns());
        for (int i = 0; i < result.values().length; i++) {
            int column = i % normed.columns();
            result.values()[i] = normed.values()[i] * scale[column] + shift[column];
        }
        return result;
    }

    /** Norms rows of the residual stream, without weight and bias; returns the rows themselves where there is no norm. */
    static HeapMatrix normed(Optional<NormSpec> norm, HeapMatrix stream) {
        if (norm.isEmpty()) {
            return stream;
        }
        HeapMatrix result = HeapMatrix.zeros(stream.rows(), stream.columns());
        for (int row = 0; row < stream.rows(); row++) {
            RowNorm of = RowNorm.of(norm.get(), stream.values(), row * stream.columns(), stream.columns());
            for (int column = 0; column < stream.columns(); column++) {
                result.values()[row * stream.columns() + column] =
                        (float) ((stream.at(row, column) - of.centre()) / of.size());
            }
        }
        return result;
    }
}
