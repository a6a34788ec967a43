package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.NativeCopy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Coordinates of tokens in all subspaces of one block.
 *
 * @param query {@code [token, head x component]} on the query side
 * @param key   the same on the key side
 */
record Coordinates(HeapMatrix query, HeapMatrix key) {

    /**
     * Projects centred rows; the bias row of the directions, a constant, is what centring takes away.
     *
     * @param centred {@code [token, d_model]}
     */
    static Coordinates of(HeapMatrix centred, RelationalSubspaces subspaces, int block, LinearAlgebra linearAlgebra) {
        try (NativeCopy rows = centred.toNative()) {
            return new Coordinates(
                    project(rows.array(), directions(subspaces, Side.QUERY, block), linearAlgebra),
                    project(rows.array(), directions(subspaces, Side.KEY, block), linearAlgebra));
        }
    }

    /**
     * Projects rows as they are, with a one for the bias row of the directions where they have one.
     *
     * @param rows {@code [token, d_model]}
     */
    static Coordinates withBiases(
            HeapMatrix rows, RelationalSubspaces subspaces, int block, LinearAlgebra linearAlgebra) {
        Coordinates coordinates = of(rows, subspaces, block, linearAlgebra);
        if (!subspaces.biases()) {
            return coordinates;
        }
        int first = subspaces.blocks().indexOf(block) * subspaces.nHeads();
        for (Side side : Side.values()) {
            HeapMatrix own = coordinates.side(side);
            for (int column = 0; column < own.columns(); column++) {
                HeapMatrix directions = subspaces.directions(side, first + column / subspaces.topK());
                float bias = directions.at(column % subspaces.topK(), subspaces.dModel());
                for (int row = 0; row < own.rows(); row++) {
                    own.values()[row * own.columns() + column] += bias;
                }
            }
        }
        return coordinates;
    }

    /** Returns the inner products of rows with directions, {@code [row, direction]}. */
    static HeapMatrix project(HeapMatrix rows, HeapMatrix directions, LinearAlgebra linearAlgebra) {
        try (NativeCopy array = rows.toNative()) {
            return project(array.array(), directions, linearAlgebra);
        }
    }

    private static HeapMatrix project(INDArray rows, HeapMatrix directions, LinearAlgebra linearAlgebra) {
        try (NativeCopy onto = directions.toNative();
                INDArray product = linearAlgebra.product(rows, false, onto.array(), true)) {
            return HeapMatrix.copyOf(product);
        }
    }

    /** All directions of a block, {@code [head x component, d_model]}. */
    private static HeapMatrix directions(RelationalSubspaces subspaces, Side side, int block) {
        int first = subspaces.blocks().indexOf(block) * subspaces.nHeads();
        int rows = subspaces.nHeads() * subspaces.topK();
        HeapMatrix all = HeapMatrix.zeros(rows, subspaces.dModel());
        for (int head = 0; head < subspaces.nHeads(); head++) {
            HeapMatrix own = subspaces.directions(side, first + head);
            for (int k = 0; k < subspaces.topK(); k++) {
                System.arraycopy(
                        own.values(),
                        k * own.columns(),
                        all.values(),
                        (head * subspaces.topK() + k) * subspaces.dModel(),
                        subspaces.dModel());
            }
        }
        return all;
    }

    HeapMatrix side(Side side) {
        return side == Side.QUERY ? query : key;
    }

    /** Returns the coordinates in the subspace of one head, {@code [token, component]}. */
    HeapMatrix head(Side side, int head, int topK) {
        return Vectors.columns(side(side), head * topK, topK);
    }
}
