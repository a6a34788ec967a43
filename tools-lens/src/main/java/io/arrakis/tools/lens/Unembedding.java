package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.model.Weights;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a model does with the residual stream that leaves its last block: a dense layer in masked-token heads, a norm, the
 * scores of the vocabulary. Read from the weights, so that it can be applied to any residual stream. Holds the unembedding in
 * native memory until it is closed.
 */
final class Unembedding implements AutoCloseable {

    private static final List<WeightPoint> POINTS = List.of(
            WeightPoint.MLM_W,
            WeightPoint.MLM_B,
            WeightPoint.FINAL_LN_W,
            WeightPoint.FINAL_LN_B,
            WeightPoint.W_U,
            WeightPoint.B_U);

    private static final Set<HookPoint> COMPUTED =
            Set.of(HookPoint.LAST_HIDDEN_STATE, HookPoint.FINAL_NORMALIZED, HookPoint.LOGITS);

    private final UnembeddingSpec spec;
    private final RowNorm norm;
    private final Weights weights;
    private final LinearAlgebra linearAlgebra;
    private final INDArray matrix;
    private final Optional<float[]> bias;

    private Unembedding(Architecture architecture, Weights weights, LinearAlgebra linearAlgebra) {
        this.spec = architecture.head().unembedding().orElseThrow();
        this.weights = weights;
        this.linearAlgebra = linearAlgebra;
        this.norm = RowNorm.read(
                architecture.head().finalNorm().orElseThrow(),
                weights,
                WeightName.of(WeightPoint.FINAL_LN_W),
                WeightName.of(WeightPoint.FINAL_LN_B));
        this.bias = spec.bias() ? Optional.of(Vectors.read(weights, WeightName.of(WeightPoint.B_U))) : Optional.empty();
        this.matrix = weights.get(WeightName.of(WeightPoint.W_U));
    }

    /** Returns whether a model has one. */
    static boolean in(Architecture architecture) {
        return architecture.head().unembedding().isPresent();
    }

    /** Returns whether it stands for what the model computes at a hook point, so that a change there would be left out. */
    static boolean standsFor(HookName hook) {
        return COMPUTED.contains(hook.point());
    }

    /** Returns the weights that it reads. */
    static List<WeightName> weights(Architecture architecture) {
        return Stream.of(WeightPoint.values())
                .filter(POINTS::contains)
                .filter(architecture::has)
                .map(WeightName::of)
                .toList();
    }

    /** Reads it. */
    static Unembedding read(Architecture architecture, Weights weights, LinearAlgebra linearAlgebra) {
        return new Unembedding(architecture, weights, linearAlgebra);
    }

    /** Returns the last norm. */
    RowNorm norm() {
        return norm;
    }

    /** Returns what enters the unembedding where these rows leave the last block. */
    Matrix normalized(Matrix residuals) {
        return norm.apply(
                spec.transform().map(function -> dense(residuals, function)).orElse(residuals));
    }

    private Matrix dense(Matrix rows, ActivationFunction function) {
        try (INDArray dense = weights.get(WeightName.of(WeightPoint.MLM_W))) {
            Matrix result = rows.times(dense, false, linearAlgebra)
                    .plus(Vectors.read(weights, WeightName.of(WeightPoint.MLM_B)));
            for (int i = 0; i < result.values().length; i++) {
                result.values()[i] = (float) function.apply(result.values()[i]);
            }
            return result;
        }
    }

    /** Returns the scores of the vocabulary for rows that enter the unembedding. */
    Matrix logits(Matrix normalized) {
        Matrix scores = normalized.times(matrix, false, linearAlgebra);
        bias.ifPresent(scores::plus);
        float[] values = scores.values();
        if (spec.divisor() != 1 || spec.softCap().isPresent()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) capped(values[i] / spec.divisor());
            }
        }
        return scores;
    }

    /**
     * Returns the score of one token for a row that enters the unembedding.
     *
     * @param column {@link #column} of the token
     */
    double logit(Matrix normalized, int row, float[] column, int token) {
        double sum = bias(token);
        for (int i = 0; i < column.length; i++) {
            sum += (double) normalized.at(row, i) * column[i];
        }
        return capped(sum / spec.divisor());
    }

    /** Returns the direction of a token. */
    float[] column(int token) {
        try (INDArray column = matrix.getColumn(token).dup()) {
            return column.data().asFloat();
        }
    }

    /** Returns the mean of the directions of all tokens. */
    float[] meanColumn() {
        try (INDArray mean = matrix.mean(1)) {
            return mean.data().asFloat();
        }
    }

    boolean hasBias() {
        return bias.isPresent();
    }

    /** Returns the bias of a token; 0 where there is none. */
    double bias(int token) {
        return bias.map(values -> (double) values[token]).orElse(0.0);
    }

    /** Returns the mean bias; 0 where there is none. */
    double meanBias() {
        return bias.map(values -> {
                    double sum = 0;
                    for (float value : values) {
                        sum += value;
                    }
                    return sum / values.length;
                })
                .orElse(0.0);
    }

    /** Returns the number that scores are divided by. */
    double divisor() {
        return spec.divisor();
    }

    private double capped(double score) {
        if (spec.softCap().isEmpty()) {
            return score;
        }
        double cap = spec.softCap().getAsDouble();
        return cap * Math.tanh(score / cap);
    }

    @Override
    public void close() {
        matrix.close();
    }
}
