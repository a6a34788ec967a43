package io.arrakis.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.runtime.natives.NativeProbe;
import java.util.Optional;

/** Holds a product of libtorch against plain Java, in whole numbers that float32 holds exactly. */
public final class TorchProbe implements NativeProbe {

    private static final int ROWS = 37;
    private static final int INNER = 131;
    private static final int COLUMNS = 29;

    private final NDManager manager;

    /**
     * Starts the engine.
     *
     * @param threads threads of one operation
     */
    public TorchProbe(int threads) {
        this.manager = EngineBootstrap.start(threads).newBaseManager();
    }

    @Override
    public String library() {
        return "libtorch";
    }

    @Override
    public Optional<String> difference() {
        float[] a = numbers(ROWS * INNER, 7);
        float[] b = numbers(INNER * COLUMNS, 5);
        try (manager;
                NDArray left = manager.create(a, new Shape(ROWS, INNER));
                NDArray right = manager.create(b, new Shape(INNER, COLUMNS));
                NDArray product = left.matMul(right)) {
            return firstDifference(product.toFloatArray(), a, b);
        }
    }

    private static float[] numbers(int count, int step) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i * step % 17 - 8;
        }
        return numbers;
    }

    private static Optional<String> firstDifference(float[] product, float[] a, float[] b) {
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                float expected = 0;
                for (int i = 0; i < INNER; i++) {
                    expected += a[row * INNER + i] * b[i * COLUMNS + column];
                }
                float actual = product[row * COLUMNS + column];
                if (actual != expected) {
                    return Optional.of("a product has " + actual + " where " + expected + " is right");
                }
            }
        }
        return Optional.empty();
    }
}
