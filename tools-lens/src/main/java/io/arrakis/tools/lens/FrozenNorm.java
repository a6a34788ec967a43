package io.arrakis.tools.lens;

import java.util.Arrays;

/**
 * A norm with the mean and the scale that it had in this run, so that it is linear: parts pass it each by itself, and what it
 * subtracts and adds are parts of their own.
 */
final class FrozenNorm {

    private final RowNorm norm;
    private final String place;
    private RowNorm.Scale[] scales;

    /**
     * A norm that has not run yet.
     *
     * @param place its name
     */
    FrozenNorm(RowNorm norm, String place) {
        this.norm = norm;
        this.place = place;
    }

    /** Norms rows, and keeps what it did to each. */
    Matrix forward(Matrix rows) {
        scales = new RowNorm.Scale[rows.rows()];
        Arrays.setAll(scales, row -> norm.scale(rows, row));
        return norm.apply(rows);
    }

    /** Enters what the norm subtracts and adds, and returns the directions as its input sees them. */
    Matrix backward(Matrix directions, Ledger ledger) {
        int width = directions.columns();
        Matrix seen = Matrix.zeros(directions.rows(), width);
        double[] centring = new double[directions.rows()];
        for (int row = 0; row < scales.length; row++) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                double through = directions.at(row, i) * scales[row].inverse() * norm.weight()[i];
                seen.values()[row * width + i] = (float) through;
                sum += through;
            }
            centring[row] = -scales[row].mean() * sum;
        }
        if (norm.centres()) {
            ledger.put(Part.of(Part.Kind.NORM_CENTRING, place), centring);
        }
        if (norm.spec().bias()) {
            double[] bias = new double[directions.rows()];
            Arrays.setAll(bias, row -> directions.dot(row, norm.bias()));
            ledger.put(Part.of(Part.Kind.NORM_BIAS, place), bias);
        }
        return seen;
    }
}
