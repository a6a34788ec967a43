package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.SeededRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

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
        HeapMatrix weighted = attention.input().weighted(normed);
        HeapMatrix queries = project(Side.QUERY, weighted);
        HeapMatrix keys = project(Side.KEY, weighted);
        HeapMatrix querySizes =
                attention.queryNorms().apply(queries, attention.dims().dHead());
        HeapMatrix keySizes = attention.keyNorms().apply(keys, attention.dims().dHead());
        turn(queries, keys);
        HeapMatrix rows = biases ? normed.withOnes() : normed;
        return IntStream.range(0, circuits.size())
                .mapToObj(head -> {
                    double[] sums = sums(circuits.get(head), rows);
                    int keyHead = Side.KEY.headFor(head, attention.dims());
                    for (int i = 0; i < ROWS; i++) {
                        for (int j = 0; j < ROWS; j++) {
                            sums[i * ROWS + j] /= (double) querySizes.at(i, head) * keySizes.at(j, keyHead);
                        }
                    }
                    return error(sums, scores(queries, head, keys, keyHead));
                })
                .toList();
    }

    private HeapMatrix gaussianRows(SeededRandom random) {
        HeapMatrix rows = HeapMatrix.zeros(ROWS, attention.dims().dModel());
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian();
        }
        return rows;
    }

    private HeapMatrix project(Side side, HeapMatrix rows) {
        SideWeights weights = attention.weights(side);
        int dHead = weights.dHead();
        HeapMatrix result = HeapMatrix.zeros(ROWS, weights.heads() * dHead);
        for (int head = 0; head < weights.heads(); head++) {
            HeapMatrix part = product(rows, weights.head(head));
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < dHead; j++) {
                    int column = head * dHead + j;
                    result.values()[i * result.columns() + column] = part.at(i, j) + weights.bias()[column];
                }
            }
        }
        return result;
    }

    private HeapMatrix product(HeapMatrix a, HeapMatrix b) {
        try (INDArray left = a.toArray();
                INDArray right = b.toArray();
                INDArray result = linearAlgebra.product(left, false, right, false)) {
            return HeapMatrix.copyOf(result);
        }
    }

    /** Puts all queries at one position and all keys at another, so that their distance is the one that was asked for. */
    private void turn(HeapMatrix queries, HeapMatrix keys) {
        int keyPosition = distance.keyPosition();
        int length = distance.textLength();
        int dHead = attention.dims().dHead();
        Turn.at(attention.layer(), keyPosition + distance.relative(), length).apply(queries, dHead);
        Turn.at(attention.layer(), keyPosition, length).apply(keys, dHead);
    }

    private double[] sums(LinearAlgebra.Svd circuit, HeapMatrix rows) {
        try (INDArray x = rows.toArray();
                INDArray left = linearAlgebra.product(x, false, circuit.u(), false);
                INDArray right = linearAlgebra.product(x, false, circuit.v(), false)) {
            HeapMatrix query = HeapMatrix.copyOf(left);
            HeapMatrix key = HeapMatrix.copyOf(right);
            double[] sums = new double[ROWS * ROWS];
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < ROWS; j++) {
                    for (int k = 0; k < circuit.s().length; k++) {
                        sums[i * ROWS + j] += circuit.s()[k] * query.at(i, k) * key.at(j, k);
                    }
                }
            }
            return sums;
        }
    }

    private double[] scores(HeapMatrix queries, int head, HeapMatrix keys, int keyHead) {
        int dHead = attention.dims().dHead();
        double[] scores = new double[ROWS * ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
                for (int k = 0; k < dHead; k++) {
                    scores[i * ROWS + j] += (double) queries.at(i, head * dHead + k) * keys.at(j, keyHead * dHead + k);
                }
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
