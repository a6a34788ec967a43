package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.stats.SeededRandom;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds the components of a block against the scores that the block's own tensors give on random rows: norm, projections, norms
 * of queries and keys and turns step by step, as in the forward pass, none of them folded.
 *
 * @param attention     the tensors
 * @param linearAlgebra the kernels
 * @param distance      how far apart query and key stand
 * @param biases        whether the components have a row of biases
 */
record ScoreProof(BlockAttention attention, LinearAlgebra linearAlgebra, Distance distance, boolean biases) {

    /** Largest error over the root mean square of the scores that float32 can explain; measured: below 5e-6 on all goldens. */
    static final double TOLERANCE = 1e-4;

    private static final int ROWS = 16;

    /**
     * Returns for each head the largest difference between the sum of all components and the score, over the root mean square of
     * the scores, before any soft cap.
     */
    List<Double> errors(List<LinearAlgebra.Svd> circuits, SeededRandom random) {
        HeapMatrix normed = AttentionInput.normed(attention.input().norm(), gaussianRows(random));
        List<QueriesAndKeys> direct = direct(normed);
        QueriesAndKeys sizes = direct.get(0);
        try (NativeCopy rows = (biases ? normed.withOnes() : normed).toNative()) {
            return IntStream.range(0, circuits.size())
                    .mapToObj(head -> {
                        double[] sums = sums(CircuitRows.of(circuits.get(head), rows.array(), linearAlgebra));
                        int keyHead = Side.KEY.headFor(head, attention.dims());
                        for (int i = 0; i < ROWS; i++) {
                            for (int j = 0; j < ROWS; j++) {
                                sums[i * ROWS + j] /=
                                        (double) sizes.querySizes().at(i, head)
                                                * sizes.keySizes().at(j, keyHead);
                            }
                        }
                        return error(sums, scores(direct, head, keyHead));
                    })
                    .toList();
        }
    }

    private HeapMatrix gaussianRows(SeededRandom random) {
        HeapMatrix rows = HeapMatrix.zeros(ROWS, attention.dims().dModel());
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian();
        }
        return rows;
    }

    private static double[] sums(CircuitRows rows) {
        double[] sums = new double[ROWS * ROWS];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = rows.sum(i / ROWS, i % ROWS);
        }
        return sums;
    }

    /** Queries and keys at each distance; where nothing turns, one distance is as good as all. */
    private List<QueriesAndKeys> direct(HeapMatrix normed) {
        Distance[] distances = distance.each();
        int count = attention.layer().rotary().isPresent() ? distances.length : 1;
        return Stream.of(distances)
                .limit(count)
                .map(each -> QueriesAndKeys.of(normed, attention, each, linearAlgebra))
                .toList();
    }

    private double[] scores(List<QueriesAndKeys> direct, int head, int keyHead) {
        double[] scores = new double[ROWS * ROWS];
        for (QueriesAndKeys each : direct) {
            for (int i = 0; i < scores.length; i++) {
                int dHead = attention.dims().dHead();
                scores[i] += each.product(i / ROWS, head, i % ROWS, keyHead, dHead) / direct.size();
            }
        }
        return scores;
    }

    private static double error(double[] sums, double[] scores) {
        double largest = 0;
        double squares = 0;
        for (int i = 0; i < scores.length; i++) {
            largest = Math.max(largest, Math.abs(sums[i] - scores[i]));
            squares += scores[i] * scores[i];
        }
        return largest == 0 ? 0 : largest / Math.sqrt(squares / scores.length);
    }
}
