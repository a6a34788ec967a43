package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.stats.SeededRandom;
import java.util.List;

/**
 * The attention scores of one text, made from the components of each head alone: the sum of all components, at each pair's own
 * distance, divided by the sizes of query and key where the model norms them, scaled, and capped where the family does so.
 *
 * @param attention     the tensors of the block
 * @param spec          what the attention of all blocks has in common
 * @param linearAlgebra the kernels
 */
record TextScores(BlockAttention attention, AttentionSpec spec, LinearAlgebra linearAlgebra) {

    /**
     * Makes the scores before the mask.
     *
     * @param stream what the block reads, before any norm, {@code [position, d_model]}, the whole text
     * @return {@code [head x query, key]}
     */
    HeapMatrix of(HeapMatrix stream) {
        int length = stream.rows();
        HeapMatrix normed = AttentionInput.normed(attention.input().norm(), stream);
        QueriesAndKeys sizes = QueriesAndKeys.of(normed, attention, Distance.at(0, length), linearAlgebra);
        HeapMatrix scores = HeapMatrix.zeros(attention.dims().nHeads() * length, length);
        boolean turns = attention.layer().rotary().isPresent();
        for (int distance = turns ? 1 - length : 0; distance <= (turns ? length - 1 : 0); distance++) {
            List<Svd> circuits = circuits(Distance.at(distance, length));
            try (NativeCopy x = normed.withOnes().toNative()) {
                for (int head = 0; head < circuits.size(); head++) {
                    CircuitRows rows = CircuitRows.of(circuits.get(head), x.array(), linearAlgebra);
                    for (int query = 0; query < length; query++) {
                        for (int key = 0; key < length; key++) {
                            if (!turns || query - key == distance) {
                                scores.values()[(head * length + query) * length + key] =
                                        (float) score(rows, sizes, head, query, key);
                            }
                        }
                    }
                }
            } finally {
                circuits.forEach(BlockSubspaces::close);
            }
        }
        return scores;
    }

    private List<Svd> circuits(Distance distance) {
        return new BlockSubspaces(
                        linearAlgebra, SeededRandom.of(0), attention.dims().dHead(), true, distance)
                .circuits(attention);
    }

    private double score(CircuitRows rows, QueriesAndKeys sizes, int head, int query, int key) {
        int keyHead = Side.KEY.headFor(head, attention.dims());
        double score = attention.layer().scoreScale()
                * rows.sum(query, key)
                / ((double) sizes.querySizes().at(query, head)
                        * sizes.keySizes().at(key, keyHead));
        if (spec.scoreSoftCap().isEmpty()) {
            return score;
        }
        double cap = spec.scoreSoftCap().getAsDouble();
        return cap * Math.tanh(score / cap);
    }

    /** Returns the attention that scores give: the softmax over the keys that a query sees. */
    HeapMatrix pattern(HeapMatrix scores) {
        Dimensions dims = attention.dims();
        int length = scores.columns();
        Sight sight = new Sight(spec, attention.layer());
        HeapMatrix pattern = HeapMatrix.zeros(dims.nHeads() * length, length);
        for (int row = 0; row < scores.rows(); row++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int key = 0; key < length; key++) {
                largest = sight.sees(row % length, key) ? Math.max(largest, scores.at(row, key)) : largest;
            }
            double sum = 0;
            for (int key = 0; key < length; key++) {
                sum += sight.sees(row % length, key) ? Math.exp(scores.at(row, key) - largest) : 0;
            }
            for (int key = 0; key < length; key++) {
                pattern.values()[row * length + key] =
                        sight.sees(row % length, key) ? (float) (Math.exp(scores.at(row, key) - largest) / sum) : 0;
            }
        }
        return pattern;
    }
}
