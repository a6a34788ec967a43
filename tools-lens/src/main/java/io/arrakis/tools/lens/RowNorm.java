package io.arrakis.tools.lens;

import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.Weights;

/**
 * A norm of rows, taken apart: what it subtracts, what it multiplies with, what it adds. Computed in float64.
 *
 * @param spec   how it works
 * @param weight what each dimension is multiplied with, the one of {@code weightPlusOne} added
 * @param bias   what is added to each dimension; zeros where the norm has none
 */
record RowNorm(NormSpec spec, float[] weight, float[] bias) {

    /**
     * What a norm does to one row: {@code (x - mean) * inverse * weight + bias}.
     *
     * @param mean    of the row; 0 where the norm does not centre
     * @param inverse one over the scale
     */
    record Scale(double mean, double inverse) {}

    /** Reads a norm. */
    static RowNorm read(NormSpec spec, Weights weights, WeightName weight, WeightName bias) {
        float[] factors = Vectors.read(weights, weight);
        if (spec.weightPlusOne()) {
            for (int i = 0; i < factors.length; i++) {
                factors[i] += 1;
            }
        }
        return new RowNorm(spec, factors, spec.bias() ? Vectors.read(weights, bias) : new float[factors.length]);
    }

    boolean centres() {
        return spec.kind() == NormSpec.Kind.LAYER_NORM;
    }

    /** Returns what the norm does to a row. */
    Scale scale(Matrix rows, int row) {
        double sum = 0;
        double squares = 0;
        int width = rows.columns();
        for (int i = 0; i < width; i++) {
            sum += rows.at(row, i);
        }
        double mean = centres() ? sum / width : 0;
        for (int i = 0; i < width; i++) {
            squares += (rows.at(row, i) - mean) * (rows.at(row, i) - mean);
        }
        return new Scale(mean, 1 / Math.sqrt(squares / width + spec.epsilon()));
    }

    /** Returns the normed rows. */
    Matrix apply(Matrix rows) {
        Matrix normed = Matrix.zeros(rows.rows(), rows.columns());
        for (int row = 0; row < rows.rows(); row++) {
            Scale scale = scale(rows, row);
            for (int i = 0; i < rows.columns(); i++) {
                normed.values()[row * rows.columns() + i] =
                        (float) ((rows.at(row, i) - scale.mean()) * scale.inverse() * weight[i] + bias[i]);
            }
        }
        return normed;
    }
}
