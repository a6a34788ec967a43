package io.arrakis.runtime.model.verify;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.TokenBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A few texts of random tokens, of different lengths, in the batches that they can make. */
final class Texts {

    private static final int LONGEST = 12;
    private static final long SEED = 1;

    private final List<int[]> texts;

    private Texts(List<int[]> texts) {
        this.texts = texts;
    }

    /** Makes texts of a model's vocabulary; the first is the longest, and only a table of positions makes it shorter. */
    static Texts random(Architecture architecture) {
        Dimensions dims = architecture.dims();
        boolean table = architecture.embedding().positions().isPresent();
        int longest = table ? Math.min(LONGEST, dims.nCtx()) : LONGEST;
        Random random = new Random(SEED);
        List<int[]> texts = IntStream.of(longest, 1, longest / 2, longest - 1, 2, longest / 3)
                .map(length -> Math.min(longest, Math.max(1, length)))
                .mapToObj(length -> random.ints(length, 0, dims.dVocab()).toArray())
                .toList();
        return new Texts(texts);
    }

    int count() {
        return texts.size();
    }

    int length(int row) {
        return texts.get(row).length;
    }

    int longest() {
        return length(0);
    }

    /** A text alone. */
    TokenBatch alone(int row) {
        return batch(List.of(texts.get(row)), false, 0);
    }

    /** All texts, filled up with a token that is masked. */
    TokenBatch together(boolean paddedOnTheLeft, int fill) {
        return batch(texts, paddedOnTheLeft, fill);
    }

    private static TokenBatch batch(List<int[]> texts, boolean paddedOnTheLeft, int fill) {
        int longest = texts.get(0).length;
        int[][] ids = new int[texts.size()][longest];
        boolean[][] real = new boolean[texts.size()][longest];
        for (int row = 0; row < ids.length; row++) {
            int[] text = texts.get(row);
            int start = paddedOnTheLeft ? longest - text.length : 0;
            Arrays.fill(ids[row], fill);
            System.arraycopy(text, 0, ids[row], start, text.length);
            Arrays.fill(real[row], start, start + text.length, true);
        }
        return TokenBatch.of(ids, real);
    }
}
