package io.arrakis.tools.kg;

import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.QkNormSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * The norm of queries or keys before their product. Its weight and centring are linear and belong into the factors; what is left
 * of it is one size for each row and head, by which a score is divided.
 *
 * @param spec   how queries and keys are normed, or nothing
 * @param weight what is multiplied after it, {@code [head, d_head]}; empty where there is no norm
 */
record HeadNorms(Optional<QkNormSpec> spec, float[] weight) {

    /** Applies what is linear of the norm to a row of a factor, {@code [d_head]}, in place. */
    void fold(double[] row, int head) {
        if (spec.isEmpty()) {
            return;
        }
        double centre = centres() ? mean(row) : 0;
        for (int j = 0; j < row.length; j++) {
            row[j] = (row[j] - centre) * factor(head * row.length + j);
        }
    }

    private boolean centres() {
        return spec.orElseThrow().norm().kind() == NormSpec.Kind.LAYER_NORM;
    }

    private static double mean(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum / row.length;
    }

    private double factor(int index) {
        return spec.orElseThrow().norm().weightPlusOne() ? weight[index] + 1.0 : weight[index];
    }

    /**
     * Norms all heads of some rows as the model does, and says by what each was divided.
     *
     * @param raw   {@code [row, head x d_head]}, before the norm; normed in place
     * @param dHead width of a head
     * @return {@code [row, head]}; ones where there is no norm
     */
    HeapMatrix apply(HeapMatrix raw, int dHead) {
        int heads = raw.columns() / dHead;
        HeapMatrix sizes = HeapMatrix.zeros(raw.rows(), heads);
        Arrays.fill(sizes.values(), 1);
        if (spec.isPresent()) {
            int span = spec.get().span() == QkNormSpec.Span.ALL_HEADS ? raw.columns() : dHead;
            for (int from = 0; from < raw.values().length; from += span) {
                RowNorm norm = RowNorm.of(spec.get().norm(), raw.values(), from, span);
                Arrays.fill(sizes.values(), from / dHead, (from + span) / dHead, (float) norm.size());
                scale(raw, from, span, norm);
            }
        }
        return sizes;
    }

    private void scale(HeapMatrix raw, int from, int count, RowNorm norm) {
        for (int at = from; at < from + count; at++) {
            double factor = factor(at % raw.columns());
            raw.values()[at] = (float) ((raw.values()[at] - norm.centre()) / norm.size() * factor);
        }
    }
}
