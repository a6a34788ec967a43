package io.arrakis.tools.kg;

import io.arrakis.api.model.Dimensions;
import io.arrakis.api.stats.SeededRandom;

/**
 * The weights of the queries, or of the keys, of one block, as the file has them.
 *
 * @param heads  heads that have a matrix of their own
 * @param dModel rows of a matrix
 * @param dHead  columns of a matrix
 * @param matrix {@code [head, d_model, d_head]}
 * @param bias   {@code [head, d_head]}; zeros where there is none
 * @param norm   what is multiplied after the norm of a head, {@code [head, d_head]}; empty where there is no such norm
 */
record SideWeights(int heads, int dModel, int dHead, float[] matrix, float[] bias, float[] norm) {

    static SideWeights read(BlockWeights weights, Side side) {
        Dimensions dims = weights.architecture().dims();
        int heads = side.heads(dims);
        float[] none = new float[0];
        return new SideWeights(
                heads,
                dims.dModel(),
                dims.dHead(),
                weights.get(side.matrix()),
                weights.has(side.bias()) ? weights.get(side.bias()) : new float[heads * dims.dHead()],
                weights.has(side.norm()) ? weights.get(side.norm()) : none);
    }

    /** Returns the same without biases. */
    SideWeights unbiased() {
        return new SideWeights(heads, dModel, dHead, matrix, new float[bias.length], norm);
    }

    /** Returns Gaussian matrices with the same root mean square, without biases. */
    SideWeights randomised(SeededRandom random) {
        double squares = 0;
        for (float value : matrix) {
            squares += (double) value * value;
        }
        double deviation = Math.sqrt(squares / matrix.length);
        float[] drawn = new float[matrix.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (deviation * random.nextGaussian());
        }
        return new SideWeights(heads, dModel, dHead, drawn, new float[bias.length], norm);
    }

    /** Returns the matrix of a head, {@code [d_model, d_head]}, a copy. */
    HeapMatrix head(int head) {
        float[] values = new float[dModel * dHead];
        System.arraycopy(matrix, head * values.length, values, 0, values.length);
        return new HeapMatrix(dModel, dHead, values);
    }
}
