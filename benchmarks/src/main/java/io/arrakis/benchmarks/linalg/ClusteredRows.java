package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.RowSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Unit rows around 10,000 centres in 30 directions, with noise in all: as vectors of words vary, in far fewer directions than they
 * have dimensions. A row follows from its number alone.
 *
 * @param rows    number of rows
 * @param columns their width
 */
record ClusteredRows(int rows, int columns) implements RowSource {

    private static final int CENTRES = 10_000;
    private static final int DIRECTIONS = 30;
    private static final double WITHIN = 0.5;
    private static final double NOISE = 0.1;

    @Override
    public void read(int first, int count, float[] target) {
        for (int i = 0; i < count; i++) {
            row(first + i, target, i * columns);
        }
    }

    private void row(int row, float[] target, int at) {
        SplittableRandom random = new SplittableRandom(row);
        SplittableRandom centre = new SplittableRandom(-1L - random.nextInt(CENTRES));
        float[] place = new float[DIRECTIONS];
        for (int i = 0; i < DIRECTIONS; i++) {
            place[i] = (float) (normal(centre) + WITHIN * normal(random));
        }
        float[] directions = Directions.of(columns);
        double square = 0;
        for (int column = 0; column < columns; column++) {
            float value = (float) (NOISE * normal(random));
            for (int i = 0; i < DIRECTIONS; i++) {
                value += place[i] * directions[column * DIRECTIONS + i];
            }
            target[at + column] = value;
            square += value * value;
        }
        for (int i = at; i < at + columns; i++) {
            target[i] /= (float) Math.sqrt(square);
        }
    }

    /** A sum of four evenly drawn numbers, near enough to normal, of variance 1. */
    private static double normal(SplittableRandom random) {
        long bits = random.nextLong();
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum / 65536.0 - 2) * Math.sqrt(3);
    }

    /** The directions, made once for each width. */
    private static final class Directions {

        private static final Map<Integer, float[]> MADE = new ConcurrentHashMap<>();

        static float[] of(int columns) {
            return MADE.computeIfAbsent(columns, width -> {
                SplittableRandom random = new SplittableRandom(7);
                float[] made = new float[width * DIRECTIONS];
                for (int i = 0; i < made.length; i++) {
                    made[i] = (float) (normal(random) / Math.sqrt(DIRECTIONS));
                }
                return made;
            });
        }
    }
}
