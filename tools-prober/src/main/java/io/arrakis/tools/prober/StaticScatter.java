package io.arrakis.tools.prober;

import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How scattered the nearest rows of a row are among themselves: their mean distance from their mean, over the norm of that
 * mean.
 *
 * <p>Small where the neighbours point one way, large where they lie around the row in many directions; not bounded.
 */
final class StaticScatter {

    /** How many times as many neighbours are looked at as are to be unlike. */
    private static final int LOOKED_AT = 4;

    private final LinearAlgebra linearAlgebra;
    private final int k;

    StaticScatter(LinearAlgebra linearAlgebra, int k) {
        this.linearAlgebra = linearAlgebra;
        this.k = k;
    }

    /**
     * Rows to search in.
     *
     * @param rows  row after row; changed to unit length
     * @param width width of a row
     * @param base  only so many rows, the first, can be neighbours
     */
    record Space(float[] rows, int width, int base) {}

    /**
     * Scores rows among other rows twice: by their nearest rows, and by their nearest rows of which no two, nor one and the row
     * itself, are alike.
     *
     * @param space    the rows
     * @param scored   the rows to score; each has at least one other
     * @param distinct how many rows that are not alike are looked for among the {@code max(k, 4 distinct)} nearest
     * @param alike    whether two rows are
     */
    Scores of(Space space, int[] scored, int distinct, Alike alike) {
        float[] rows = space.rows();
        int width = space.width();
        toUnit(rows, width);
        float[] queries = new float[scored.length * width];
        for (int i = 0; i < scored.length; i++) {
            System.arraycopy(rows, scored[i] * width, queries, i * width, width);
        }
        Exclusion itself = (query, base) -> scored[query] == base;
        try (INDArray base = matrix(Arrays.copyOf(rows, space.base() * width), width);
                INDArray asked = matrix(queries, width)) {
            Neighbours found = linearAlgebra.nearest(asked, base, Math.max(k, LOOKED_AT * distinct), itself);
            double[] all = new double[scored.length];
            double[] unlike = new double[scored.length];
            for (int i = 0; i < scored.length; i++) {
                int[] near = near(found, i);
                all[i] = scatter(rows, width, Arrays.copyOf(near, Math.min(k, near.length)));
                unlike[i] = scatter(rows, width, unlike(scored[i], near, distinct, alike));
            }
            return new Scores(all, unlike);
        }
    }

    /** Scores by the nearest rows, and by the nearest that are not alike. */
    record Scores(double[] all, double[] distinct) {}

    /** Whether two rows count as one. */
    @FunctionalInterface
    interface Alike {
        boolean test(int a, int b);
    }

    private static int[] near(Neighbours found, int query) {
        return IntStream.range(0, found.count(query))
                .map(rank -> found.row(query, rank))
                .toArray();
    }

    private static int[] unlike(int row, int[] near, int most, Alike alike) {
        List<Integer> kept = new ArrayList<>(List.of(row));
        for (int candidate : near) {
            if (kept.size() <= most && kept.stream().noneMatch(before -> alike.test(before, candidate))) {
                kept.add(candidate);
            }
        }
        int[] unlike = kept.stream().skip(1).mapToInt(Integer::intValue).toArray();
        return unlike.length == 0 ? near : unlike;
    }

    private static void toUnit(float[] rows, int width) {
        for (int at = 0; at < rows.length; at += width) {
            VectorSpace.toUnit(rows, at, width);
        }
    }

    private static INDArray matrix(float[] rows, int width) {
        return Nd4j.createFromArray(rows).reshape('c', rows.length / width, width);
    }

    /** Returns the scatter of some rows among themselves. */
    static double scatter(float[] rows, int width, int[] near) {
        float[] mean = new float[width];
        for (int row : near) {
            int at = row * width;
            for (int i = 0; i < width; i++) {
                mean[i] += rows[at + i];
            }
        }
        float share = 1f / near.length;
        for (int i = 0; i < width; i++) {
            mean[i] *= share;
        }
        double distance = 0;
        for (int row : near) {
            distance += distance(rows, row * width, mean);
        }
        return distance / near.length / norm(mean);
    }

    /** Adds up in four sums that do not wait for each other; the order is fixed. */
    private static double distance(float[] rows, int at, float[] mean) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < mean.length; i += 4) {
            float first = rows[at + i] - mean[i];
            float second = rows[at + i + 1] - mean[i + 1];
            float third = rows[at + i + 2] - mean[i + 2];
            float fourth = rows[at + i + 3] - mean[i + 3];
            a += first * first;
            b += second * second;
            c += third * third;
            d += fourth * fourth;
        }
        double square = (double) a + b + c + d;
        for (; i < mean.length; i++) {
            double difference = rows[at + i] - mean[i];
            square += difference * difference;
        }
        return Math.sqrt(square);
    }

    private static double norm(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        return Math.sqrt(square);
    }
}
