package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What all heads of all blocks say of pairs of words, and what the vectors say without any head. Blocks are read one after the
 * other; what is kept of each are its normed vectors and its queries, keys and coordinates.
 */
final class PairFeatures {

    private final List<BlockFeatures> blocks = new ArrayList<>();

    /** What one block needs to be asked of a pair. */
    private record BlockFeatures(
            BlockAttention attention,
            QueriesAndKeys direct,
            List<PairSpace> cosines,
            List<PairSpace> few,
            PairSpace plain,
            List<PairSpace> components,
            double softCap) {}

    /**
     * Adds a block.
     *
     * @param words      what the block reads of each word, normed where the model norms first, {@code [word, d_model]}
     * @param components how many components the cosines look at, and how many the weak ones
     */
    void add(
            BlockAttention attention,
            HeapMatrix words,
            int components,
            int fewComponents,
            double softCap,
            LinearAlgebra linearAlgebra) {
        HeapMatrix centred = Vectors.minus(words, Vectors.mean(words));
        List<PairSpace> centredSpaces = centredSpaces(attention, centred, components, linearAlgebra);
        blocks.add(new BlockFeatures(
                attention,
                QueriesAndKeys.of(words, attention, Distance.at(0, 1), linearAlgebra),
                centredSpaces.stream().map(space -> unit(space, components)).toList(),
                centredSpaces.stream().map(space -> unit(space, fewComponents)).toList(),
                PairSpace.plain(centred),
                components(attention, words, linearAlgebra),
                softCap));
    }

    /** Coordinates of centred words on both sides of each head. */
    private List<PairSpace> centredSpaces(
            BlockAttention attention, HeapMatrix centred, int components, LinearAlgebra linearAlgebra) {
        BlockSubspaces circuits =
                new BlockSubspaces(linearAlgebra, SeededRandom.of(0), components, false, Distance.at(0, 1));
        return circuits.only(blocks.size(), attention).stream()
                .map(head -> new PairSpace(
                        Coordinates.project(centred, head.query(), linearAlgebra),
                        Coordinates.project(centred, head.key(), linearAlgebra)))
                .toList();
    }

    private static PairSpace unit(PairSpace space, int components) {
        return new PairSpace(
                Vectors.unit(Vectors.columns(space.queries(), 0, components)),
                Vectors.unit(Vectors.columns(space.keys(), 0, components)));
    }

    /** Adds a block of which only {@link #cosines} will be asked. */
    void addCosines(BlockAttention attention, HeapMatrix words, int components, LinearAlgebra linearAlgebra) {
        HeapMatrix none = HeapMatrix.zeros(0, 0);
        HeapMatrix centred = Vectors.minus(words, Vectors.mean(words));
        blocks.add(new BlockFeatures(
                attention,
                new QueriesAndKeys(none, none, none, none),
                centredSpaces(attention, centred, components, linearAlgebra).stream()
                        .map(space -> unit(space, components))
                        .toList(),
                List.of(),
                new PairSpace(none, none),
                List.of(),
                0));
    }

    /** Adds a block of which only {@link #logits} will be asked. */
    void addScores(BlockAttention attention, HeapMatrix words, double softCap, LinearAlgebra linearAlgebra) {
        HeapMatrix none = HeapMatrix.zeros(0, 0);
        blocks.add(new BlockFeatures(
                attention,
                QueriesAndKeys.of(words, attention, Distance.at(0, 1), linearAlgebra),
                List.of(),
                List.of(),
                new PairSpace(none, none),
                List.of(),
                softCap));
    }

    private static List<PairSpace> components(BlockAttention attention, HeapMatrix words, LinearAlgebra linearAlgebra) {
        int dHead = attention.dims().dHead();
        HeapMatrix rows = words.withOnes();
        return new BlockSubspaces(linearAlgebra, SeededRandom.of(0), dHead, true, Distance.at(0, 1))
                .only(0, attention).stream()
                        .map(head -> new PairSpace(
                                Vectors.scaled(Coordinates.project(rows, head.query(), linearAlgebra), head.values()),
                                Coordinates.project(rows, head.key(), linearAlgebra)))
                        .toList();
    }

    /** Returns what each component of each head adds to its score, in both directions. */
    double[] components(WordPair pair) {
        int count = blocks.stream()
                .flatMap(block -> block.components().stream())
                .mapToInt(space -> space.queries().columns())
                .sum();
        double[] parts = new double[2 * count];
        int at = 0;
        for (BlockFeatures block : blocks) {
            for (PairSpace space : block.components()) {
                for (int k = 0; k < space.queries().columns(); k++) {
                    parts[at] =
                            space.queries().at(pair.head(), k) * space.keys().at(pair.tail(), k);
                    parts[count + at++] =
                            space.queries().at(pair.tail(), k) * space.keys().at(pair.head(), k);
                }
            }
        }
        return parts;
    }

    /** Returns the second word's vector as the first block reads it. */
    double[] second(WordPair pair) {
        double[] vector = new double[first().columns()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = first().at(pair.tail(), i);
        }
        return vector;
    }

    int heads() {
        return blocks.size() * blocks.get(0).attention().dims().nHeads();
    }

    /** Returns the attention score that the first word gives the second, for each head of each block. */
    double[] logits(WordPair pair) {
        double[] logits = new double[heads()];
        int at = 0;
        for (BlockFeatures block : blocks) {
            int dHead = block.attention().dims().dHead();
            for (int head = 0; head < block.attention().dims().nHeads(); head++) {
                int keyHead = Side.KEY.headFor(head, block.attention().dims());
                double score = block.attention().layer().scoreScale()
                        * block.direct().product(pair.head(), head, pair.tail(), keyHead, dHead);
                logits[at++] = block.softCap() > 0 ? block.softCap() * Math.tanh(score / block.softCap()) : score;
            }
        }
        return logits;
    }

    /** Returns the cosine of the coordinates of both words, for each head of each block. */
    double[] cosines(WordPair pair) {
        return similarities(
                pair, blocks.stream().flatMap(block -> block.cosines().stream()).toList());
    }

    /** Returns the same in the first components alone. */
    double[] fewCosines(WordPair pair) {
        return similarities(
                pair, blocks.stream().flatMap(block -> block.few().stream()).toList());
    }

    /** Returns the cosine of the vectors that each block reads. */
    double[] plain(WordPair pair) {
        return similarities(pair, blocks.stream().map(BlockFeatures::plain).toList());
    }

    /** Returns the rows of the first block, of length 1. */
    HeapMatrix first() {
        return blocks.get(0).plain().queries();
    }

    private static double[] similarities(WordPair pair, List<PairSpace> spaces) {
        return spaces.stream()
                .mapToDouble(space -> space.similarity(pair.head(), pair.tail()))
                .toArray();
    }
}
