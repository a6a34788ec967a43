package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.LayerSpec;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** One head whose form is a sum of planted rank-1 relations and noise, and words whose codes it compares. */
final class PlantedHead {

    static final int D_MODEL = 96;
    static final int D_HEAD = 12;
    static final int RELATIONS = 3;
    static final LinearAlgebra KERNELS = new Nd4jLinearAlgebra(1);

    private final SeededRandom random;
    private final HeapMatrix query;
    private final HeapMatrix key;

    PlantedHead(long seed) {
        random = SeededRandom.of(seed, "planted");
        HeapMatrix basis = orthonormal(2 * RELATIONS);
        query = first(basis, 0);
        key = first(basis, RELATIONS);
    }

    /** The planted directions of a side, as rows. */
    HeapMatrix planted(Side side) {
        return side == Side.QUERY ? query : key;
    }

    BlockAttention attention(double strength, double noise) {
        float[] ones = new float[D_MODEL];
        Arrays.fill(ones, 1);
        HeadNorms none = new HeadNorms(Optional.empty(), new float[0]);
        return new BlockAttention(
                new Dimensions(1, D_MODEL, 1, 1, D_HEAD, 4, 10, 8),
                new LayerSpec(1, OptionalInt.empty(), Optional.empty()),
                new AttentionInput(Optional.empty(), ones, new float[D_MODEL]),
                side(query, strength, noise),
                side(key, strength, noise),
                none,
                none);
    }

    private SideWeights side(HeapMatrix planted, double strength, double noise) {
        float[] matrix = new float[D_MODEL * D_HEAD];
        for (int i = 0; i < D_MODEL; i++) {
            for (int j = 0; j < D_HEAD; j++) {
                double own = j < RELATIONS ? strength * planted.at(j, i) : 0;
                matrix[i * D_HEAD + j] = (float) (own + noise * random.nextGaussian());
            }
        }
        return new SideWeights(1, D_MODEL, D_HEAD, matrix, new float[D_HEAD], new float[0]);
    }

    /** Codes of words, the same for the two members of a pair. */
    HeapMatrix codes(int words) {
        HeapMatrix codes = HeapMatrix.zeros(words, RELATIONS);
        for (int i = 0; i < codes.values().length; i++) {
            codes.values()[i] = (float) random.nextGaussian();
        }
        return codes;
    }

    /** Words that carry codes on a side, in noise. */
    HeapMatrix words(HeapMatrix codes, Side side, double noise) {
        HeapMatrix words = HeapMatrix.zeros(codes.rows(), D_MODEL);
        for (int word = 0; word < words.rows(); word++) {
            for (int i = 0; i < D_MODEL; i++) {
                double value = noise * random.nextGaussian();
                for (int k = 0; k < RELATIONS; k++) {
                    value += codes.at(word, k) * planted(side).at(k, i);
                }
                words.values()[word * D_MODEL + i] = (float) value;
            }
        }
        return words;
    }

    private static HeapMatrix first(HeapMatrix basis, int from) {
        return new HeapMatrix(
                RELATIONS, D_MODEL, Arrays.copyOfRange(basis.values(), from * D_MODEL, (from + RELATIONS) * D_MODEL));
    }

    private HeapMatrix orthonormal(int count) {
        HeapMatrix rows = HeapMatrix.zeros(count, D_MODEL);
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian();
        }
        for (int row = 0; row < count; row++) {
            for (int other = 0; other < row; other++) {
                double along = Vectors.dot(rows, row, rows, other);
                for (int i = 0; i < D_MODEL; i++) {
                    rows.values()[row * D_MODEL + i] -= (float) (along * rows.at(other, i));
                }
            }
            double length = Math.sqrt(Vectors.dot(rows, row, rows, row));
            for (int i = 0; i < D_MODEL; i++) {
                rows.values()[row * D_MODEL + i] /= (float) length;
            }
        }
        return rows;
    }
}
