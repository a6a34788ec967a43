package io.arrakis.runtime.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.runtime.engine.EngineBootstrap;
import io.arrakis.runtime.engine.TensorList;
import io.arrakis.runtime.natives.NativeProbe;
import java.util.Optional;
import java.util.Random;

/**
 * Holds linear layers of the forward pass on the CPU against plain Java.
 *
 * <p>The numbers are whole and their products sum to less than 2^24, so float32 holds every sum exactly in any order; the left
 * ones have 12 bits, so that a kernel that rounds to bfloat16 or TF32 on the way shows.
 */
public final class LinearProbe implements NativeProbe {
    private static final int[][] ROWS_INNER_COLUMNS = {{1, 131, 29}, {37, 131, 29}, {129, 64, 161}};
    private static final int LARGEST_LEFT = 4095;
    private static final int LARGEST_RIGHT = 8;

    private final NDManager manager;
    private final Kernels kernels;
    private final Random random = new Random(7);

    /**
     * Starts the engine.
     *
     * @param threads threads of one operation
     */
    public LinearProbe(int threads) {
        var engine = EngineBootstrap.start(threads);
        manager = engine.newBaseManager(Device.cpu());
        kernels = Kernels.of(engine, Precision.FLOAT32, Device.cpu());
    }

    @Override
    public String library() {
        return "oneDNN";
    }

    @Override
    public Optional<String> difference() {
        try (manager) {
            for (int[] size : ROWS_INNER_COLUMNS) {
                Optional<String> difference = difference(size[0], size[1], size[2]);
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> difference(int rows, int inner, int columns) {
        float[] x = wholeNumbers(rows * inner, LARGEST_LEFT);
        float[] weight = wholeNumbers(columns * inner, LARGEST_RIGHT);
        float[] bias = wholeNumbers(columns, LARGEST_LEFT);
        TensorList layer =
                kernels.layer(manager, manager.create(weight, new Shape(columns, inner)), manager.create(bias));
        NDArray product = kernels.linear(manager.create(x, new Shape(rows, inner)), layer);
        float[] actual = product.toFloatArray();
        for (int i = 0; i < actual.length; i++) {
            float expected = bias[i % columns];
            for (int k = 0; k < inner; k++) {
                expected += x[i / columns * inner + k] * weight[i % columns * inner + k];
            }
            if (actual[i] != expected) {
                return Optional.of("a layer of " + inner + " x " + columns + " on " + rows + " rows gives " + actual[i]
                        + " where " + expected + " is right");
            }
        }
        return Optional.empty();
    }

    private float[] wholeNumbers(int count, int largest) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(2 * largest + 1) - largest;
        }
        return numbers;
    }
}
