package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.model.RotaryFrequencies;
import io.arrakis.api.model.RotarySpec;

/**
 * Turns queries and keys by the positions of one batch.
 *
 * @param cos {@code [batch or 1, pos, 1, dims/2]}
 * @param sin the same
 */
record Rotation(NDArray cos, NDArray sin) {
    /** The rotation of a batch. */
    static Rotation of(RotarySpec spec, TokenPositions positions, NDManager manager, Precision precision) {
        int rows = positions.turnAlike(spec.scaling()) ? 1 : positions.positions().length;
        int columns = positions.positions()[0].length;
        int half = spec.pairs();
        float[] cos = new float[rows * columns * half];
        float[] sin = new float[cos.length];
        for (int row = 0; row < rows; row++) {
            RotaryFrequencies frequencies = RotaryFrequencies.of(spec, positions.lengths()[row]);
            fill(cos, sin, row * columns * half, positions.positions()[row], frequencies);
        }
        Shape shape = new Shape(rows, columns, 1, half);
        return new Rotation(precision.narrow(manager.create(cos, shape)), precision.narrow(manager.create(sin, shape)));
    }

    private static void fill(float[] cos, float[] sin, int start, int[] positions, RotaryFrequencies frequencies) {
        int at = start;
        for (int position : positions) {
            for (float frequency : frequencies.frequencies()) {
                float angle = frequency * position;
                cos[at] = (float) (Math.cos(angle) * frequencies.amplitude());
                sin[at] = (float) (Math.sin(angle) * frequencies.amplitude());
                at++;
            }
        }
    }
}
