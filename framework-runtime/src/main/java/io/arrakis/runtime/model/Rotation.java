package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.model.RotaryFrequencies;
import io.arrakis.api.model.RotarySpec;

/**
 * Turns queries and keys by the positions of one batch.
 *
 * @param cos  {@code [batch or 1, pos, 1, dims/2]}
 * @param sin  the same
 * @param dims rotated dimensions of a head
 */
record Rotation(NDArray cos, NDArray sin, int dims) {
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
        return new Rotation(
                precision.narrow(manager.create(cos, shape)),
                precision.narrow(manager.create(sin, shape)),
                spec.rotated());
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

    /** {@code [batch, pos, heads, d_head]}, rotated; dimension i turns together with i + dims/2. */
    NDArray apply(NDArray x) {
        int half = dims / 2;
        boolean rest = x.getShape().get(3) > dims;
        NDList parts = x.split(rest ? new long[] {half, dims} : new long[] {half}, 3);
        NDArray first = parts.get(0);
        NDArray second = parts.get(1);
        NDArray turnedFirst = first.mul(cos).subi(second.mul(sin));
        NDArray turnedSecond = second.mul(cos).addi(first.mul(sin));
        NDList turned = new NDList(turnedFirst, turnedSecond);
        if (rest) {
            turned.add(parts.get(2));
        }
        return NDArrays.concat(turned, 3);
    }
}
