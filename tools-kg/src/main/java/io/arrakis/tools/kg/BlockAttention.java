package io.arrakis.tools.kg;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.LayerSpec;
import io.arrakis.api.stats.SeededRandom;

/**
 * All that makes the scores of one block: {@code scale (q . k)} of normed, turned queries and keys.
 *
 * @param dims    widths and counts
 * @param layer   scale and rotary positions of the block
 * @param input   the norm in front
 * @param queries weights of the queries
 * @param keys    weights of the keys
 * @param queryNorms the norm of the queries
 * @param keyNorms   the norm of the keys
 */
record BlockAttention(
        Dimensions dims,
        LayerSpec layer,
        AttentionInput input,
        SideWeights queries,
        SideWeights keys,
        HeadNorms queryNorms,
        HeadNorms keyNorms) {

    static BlockAttention read(BlockWeights weights) {
        Architecture architecture = weights.architecture();
        SideWeights queries = SideWeights.read(weights, Side.QUERY);
        SideWeights keys = SideWeights.read(weights, Side.KEY);
        return new BlockAttention(
                architecture.dims(),
                architecture.layers().get(weights.block()),
                AttentionInput.read(weights),
                queries,
                keys,
                new HeadNorms(architecture.attention().qkNorm(), queries.norm()),
                new HeadNorms(architecture.attention().qkNorm(), keys.norm()));
    }

    /** Returns the same without the biases of norm, queries and keys. */
    BlockAttention unbiased() {
        return new BlockAttention(
                dims, layer, input.unbiased(), queries.unbiased(), keys.unbiased(), queryNorms, keyNorms);
    }

    /**
     * Returns the same with Gaussian matrices of the same size and no biases: maps that have learnt nothing.
     *
     * @param shared whether queries and keys get the same map
     */
    BlockAttention randomised(SeededRandom random, boolean shared) {
        SideWeights query = queries.randomised(random.child("query"));
        boolean sameShape = queries.heads() == keys.heads();
        SideWeights key = shared && sameShape ? query : keys.randomised(random.child("key"));
        return new BlockAttention(dims, layer, input.unbiased(), query, key, queryNorms, keyNorms);
    }

    SideWeights weights(Side side) {
        return side == Side.QUERY ? queries : keys;
    }

    HeadNorms norms(Side side) {
        return side == Side.QUERY ? queryNorms : keyNorms;
    }

    /**
     * Returns one factor of a head's scores: what takes a normed row, with a one behind it, to its query or key.
     *
     * <p>Weight, bias and centring of the norm in front, the linear part of the norm behind, and the turn are folded in.
     *
     * @param head of this side
     * @param bias whether the last row is the bias
     * @param turn applied last
     * @return {@code [d_model + 1, d_head]}, or {@code [d_model, d_head]} without bias
     */
    HeapMatrix factor(Side side, int head, boolean bias, Turn turn) {
        int dModel = dims.dModel();
        int dHead = dims.dHead();
        HeapMatrix matrix = weights(side).head(head);
        double[][] rows = new double[bias ? dModel + 1 : dModel][dHead];
        for (int i = 0; i < dModel; i++) {
            for (int j = 0; j < dHead; j++) {
                rows[i][j] = (double) input.scale()[i] * matrix.at(i, j);
            }
        }
        if (bias) {
            rows[dModel] = bias(side, head, matrix);
        }
        if (input.centres()) {
            centre(rows, dModel);
        }
        HeapMatrix factor = HeapMatrix.zeros(rows.length, dHead);
        for (int i = 0; i < rows.length; i++) {
            norms(side).fold(rows[i], head);
            turn.apply(rows[i]);
            for (int j = 0; j < dHead; j++) {
                factor.values()[i * dHead + j] = (float) rows[i][j];
            }
        }
        return factor;
    }

    /** The bias of the projection, and what the bias of the norm in front becomes. */
    private double[] bias(Side side, int head, HeapMatrix matrix) {
        double[] bias = new double[dims.dHead()];
        for (int j = 0; j < bias.length; j++) {
            bias[j] = weights(side).bias()[head * bias.length + j];
            for (int i = 0; i < dims.dModel(); i++) {
                bias[j] += (double) input.shift()[i] * matrix.at(i, j);
            }
        }
        return bias;
    }

    /** A centred row does not feel a constant down a column; without it the factor is the smallest that does the same. */
    private static void centre(double[][] rows, int dModel) {
        for (int j = 0; j < rows[0].length; j++) {
            double sum = 0;
            for (int i = 0; i < dModel; i++) {
                sum += rows[i][j];
            }
            for (int i = 0; i < dModel; i++) {
                rows[i][j] -= sum / dModel;
            }
        }
    }
}
