package io.arrakis.tools.kg;

import io.arrakis.api.model.NormSpec;

/**
 * What a norm takes from a row: {@code (x - centre) / size}.
 *
 * @param centre the mean, or 0 where the norm does not centre
 * @param size   root of the mean square that is left, with epsilon
 */
record RowNorm(double centre, double size) {

    /** Measures some values that are normed together. */
    static RowNorm of(NormSpec spec, float[] values, int from, int count) {
        double sum = 0;
        double squares = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        double centre = spec.kind() == NormSpec.Kind.LAYER_NORM ? sum / count : 0;
        for (int i = from; i < from + count; i++) {
            double centred = values[i] - centre;
            squares += centred * centred;
        }
        return new RowNorm(centre, Math.sqrt(squares / count + spec.epsilon()));
    }
}
