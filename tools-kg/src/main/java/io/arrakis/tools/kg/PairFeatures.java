package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all heads of all blocks say of pairs of words, and what the vectors say without any head. Blocks are read one after the
 * other; of each stays what it says of the pairs, and where components are wanted its coordinates of the words.
 */
final class PairFeatures {

    /** What can be asked of a pair. */
    enum Kind {
        /** The attention score that the first word gives the second, of each head. */
        LOGITS,
        /** The cosine of their coordinates, of each head. */
        COSINES,
        /** The same in the first components alone. */
        FEW_COSINES,
        /** The cosine of the vectors that each block reads. */
        PLAIN,
        /** What each component of each head adds to its score, in both directions. */
        COMPONENTS
    }

    /**
     * How pairs are looked at.
     *
     * @param components    how many components the cosines look at
     * @param fewComponents how many the weak ones do
     * @param softCap       of the scores; 0 if there is none
     */
    record Look(int components, int fewComponents, double softCap) {}

    private final PairIndex pairs;
    private final Set<Kind> wanted;
    private final Look look;
    private final LinearAlgebra linearAlgebra;
    private final Map<Kind, HeapMatrix> table = new EnumMap<>(Kind.class);
    private final List<PairSpace> components = new ArrayList<>();
    private int blocks;

    /**
     * Starts with no block.
     *
     * @param layers how many blocks will be added, of so many heads each
     */
    PairFeatures(PairIndex pairs, Set<Kind> wanted, int layers, int heads, Look look, LinearAlgebra linearAlgebra) {
        this.pairs = pairs;
        this.wanted = Set.copyOf(wanted);
        this.look = look;
        this.linearAlgebra = linearAlgebra;
        for (Kind kind : wanted) {
            switch (kind) {
                case LOGITS, COSINES, FEW_COSINES -> table.put(kind, HeapMatrix.zeros(pairs.count(), layers * heads));
                case PLAIN -> table.put(kind, HeapMatrix.zeros(pairs.count(), layers));
                case COMPONENTS -> {}
            }
        }
    }

    /**
     * Adds a block.
     *
     * @param words what the block reads of each word, normed where the model norms first, {@code [word, d_model]}
     */
    void add(BlockAttention attention, HeapMatrix words) {
        HeapMatrix centred = Vectors.minus(words, Vectors.mean(words));
        if (wanted.contains(Kind.LOGITS)) {
            logits(attention, words);
        }
        if (wanted.contains(Kind.COSINES) || wanted.contains(Kind.FEW_COSINES)) {
            cosines(attention, centred);
        }
        if (wanted.contains(Kind.PLAIN)) {
            fill(Kind.PLAIN, blocks, PairSpace.plain(centred)::similarity);
        }
        if (wanted.contains(Kind.COMPONENTS)) {
            components(attention, words);
        }
        blocks++;
    }

    private void logits(BlockAttention attention, HeapMatrix words) {
        QueriesAndKeys direct = QueriesAndKeys.of(words, attention, Distance.at(0, 1), linearAlgebra);
        int dHead = attention.dims().dHead();
        int heads = attention.dims().nHeads();
        for (int head = 0; head < heads; head++) {
            int own = head;
            int keyHead = Side.KEY.headFor(head, attention.dims());
            fill(
                    Kind.LOGITS,
                    blocks * heads + head,
                    (query, key) ->
                            capped(attention.layer().scoreScale() * direct.product(query, own, key, keyHead, dHead)));
        }
    }

    private double capped(double score) {
        return look.softCap() > 0 ? look.softCap() * Math.tanh(score / look.softCap()) : score;
    }

    /** Cosines of coordinates of centred words on both sides of each head. */
    private void cosines(BlockAttention attention, HeapMatrix centred) {
        int heads = attention.dims().nHeads();
        List<HeadSubspace> subspaces = circuits(attention, look.components(), false);
        for (int head = 0; head < heads; head++) {
            PairSpace space = coordinates(subspaces.get(head), centred);
            if (wanted.contains(Kind.COSINES)) {
                fill(Kind.COSINES, blocks * heads + head, unit(space, look.components())::similarity);
            }
            if (wanted.contains(Kind.FEW_COSINES)) {
                fill(Kind.FEW_COSINES, blocks * heads + head, unit(space, look.fewComponents())::similarity);
            }
        }
    }

    private List<HeadSubspace> circuits(BlockAttention attention, int count, boolean biases) {
        return new BlockSubspaces(linearAlgebra, SeededRandom.of(0), count, biases, Distance.at(0, 1))
                .only(blocks, attention);
    }

    private PairSpace coordinates(HeadSubspace head, HeapMatrix rows) {
        return new PairSpace(
                Coordinates.project(rows, head.query(), linearAlgebra),
                Coordinates.project(rows, head.key(), linearAlgebra));
    }

    private static PairSpace unit(PairSpace space, int components) {
        return new PairSpace(
                Vectors.unit(Vectors.columns(space.queries(), 0, components)),
                Vectors.unit(Vectors.columns(space.keys(), 0, components)));
    }

    private void components(BlockAttention attention, HeapMatrix words) {
        HeapMatrix rows = words.withOnes();
        for (HeadSubspace head : circuits(attention, attention.dims().dHead(), true)) {
            PairSpace space = coordinates(head, rows);
            components.add(new PairSpace(Vectors.scaled(space.queries(), head.values()), space.keys()));
        }
    }

    /** Something that is said of two words. */
    private interface Similarity {
        double of(int head, int tail);
    }

    private void fill(Kind kind, int column, Similarity similarity) {
        HeapMatrix matrix = table.get(kind);
        for (int row = 0; row < pairs.count(); row++) {
            matrix.values()[row * matrix.columns() + column] =
                    (float) similarity.of(pairs.heads()[row], pairs.tails()[row]);
        }
    }

    /** Returns what is said of a pair, one number for each head, or for each block without heads. */
    double[] of(Kind kind, WordPair pair) {
        if (kind == Kind.COMPONENTS) {
            return components(pair);
        }
        HeapMatrix matrix = table.get(kind);
        int row = pairs.row(pair);
        double[] features = new double[matrix.columns()];
        for (int column = 0; column < features.length; column++) {
            features[column] = matrix.at(row, column);
        }
        return features;
    }

    private double[] components(WordPair pair) {
        int count =
                components.stream().mapToInt(space -> space.queries().columns()).sum();
        double[] parts = new double[2 * count];
        int at = 0;
        for (PairSpace space : components) {
            for (int k = 0; k < space.queries().columns(); k++) {
                parts[at] = space.queries().at(pair.head(), k) * space.keys().at(pair.tail(), k);
                parts[count + at++] =
                        space.queries().at(pair.tail(), k) * space.keys().at(pair.head(), k);
            }
        }
        return parts;
    }

    double[] logits(WordPair pair) {
        return of(Kind.LOGITS, pair);
    }

    double[] cosines(WordPair pair) {
        return of(Kind.COSINES, pair);
    }

    double[] fewCosines(WordPair pair) {
        return of(Kind.FEW_COSINES, pair);
    }

    double[] plain(WordPair pair) {
        return of(Kind.PLAIN, pair);
    }
}
