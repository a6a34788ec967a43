package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits the scores of all heads of a block into components, and proves that they add up.
 *
 * @param linearAlgebra the kernels
 * @param random        the stream of this step
 * @param topK          components kept of each head
 * @param biases        whether the biases are one more row of the factors
 * @param distance      how far apart query and key stand
 */
record BlockSubspaces(LinearAlgebra linearAlgebra, SeededRandom random, int topK, boolean biases, Distance distance) {

    /** The subspaces of the heads, and the largest error of their sums. */
    record Found(List<HeadSubspace> heads, List<Double> errors) {}

    Found of(int block, BlockAttention weights) {
        BlockAttention attention = biases ? weights : weights.unbiased();
        List<HeapMatrix> queryFactors = factors(attention, Side.QUERY);
        List<HeapMatrix> keyFactors = factors(attention, Side.KEY);
        List<LinearAlgebra.Svd> chance = chance(block, queryFactors, keyFactors);
        List<LinearAlgebra.Svd> circuits = products(queryFactors, keyFactors);
        try {
            List<Double> errors = new ScoreProof(attention, linearAlgebra, distance, biases)
                    .errors(circuits, random.child("proof").child(block));
            List<HeadSubspace> heads = IntStream.range(0, circuits.size())
                    .mapToObj(head -> HeadSubspace.of(
                            block,
                            head,
                            circuits.get(head),
                            topK,
                            Spectrum.shares(chance.get(head).s())))
                    .toList();
            return new Found(heads, errors);
        } finally {
            circuits.forEach(BlockSubspaces::close);
            chance.forEach(BlockSubspaces::close);
        }
    }

    /** Returns the subspaces alone. */
    List<HeadSubspace> only(int block, BlockAttention weights) {
        List<LinearAlgebra.Svd> circuits = circuits(weights);
        try {
            return IntStream.range(0, circuits.size())
                    .mapToObj(head -> HeadSubspace.of(block, head, circuits.get(head), topK, new double[0]))
                    .toList();
        } finally {
            circuits.forEach(BlockSubspaces::close);
        }
    }

    /** Returns all components of all heads; the caller closes their arrays. */
    List<LinearAlgebra.Svd> circuits(BlockAttention weights) {
        BlockAttention attention = biases ? weights : weights.unbiased();
        return products(factors(attention, Side.QUERY), factors(attention, Side.KEY));
    }

    /** One factor for each query head; heads that share a key head share the factor. */
    private List<HeapMatrix> factors(BlockAttention attention, Side side) {
        Turn turn = side == Side.KEY ? Turn.byDistance(attention.layer(), distance) : Turn.NONE;
        List<HeapMatrix> own = IntStream.range(0, side.heads(attention.dims()))
                .mapToObj(head -> attention.factor(side, head, biases, turn))
                .toList();
        return IntStream.range(0, attention.dims().nHeads())
                .mapToObj(head -> own.get(side.headFor(head, attention.dims())))
                .toList();
    }

    private List<LinearAlgebra.Svd> chance(int block, List<HeapMatrix> queryFactors, List<HeapMatrix> keyFactors) {
        SeededRandom drawn = random.child("gaussian factors").child(block);
        List<HeapMatrix> a = new ArrayList<>();
        List<HeapMatrix> b = new ArrayList<>();
        for (int head = 0; head < queryFactors.size(); head++) {
            a.add(Spectrum.gaussianTriangle(
                    queryFactors.get(head), drawn.child(head).child("query")));
            b.add(Spectrum.gaussianTriangle(
                    keyFactors.get(head), drawn.child(head).child("key")));
        }
        return products(a, b);
    }

    private List<LinearAlgebra.Svd> products(List<HeapMatrix> a, List<HeapMatrix> b) {
        List<NativeCopy> left = a.stream().map(HeapMatrix::toNative).toList();
        List<NativeCopy> right = b.stream().map(HeapMatrix::toNative).toList();
        try {
            return linearAlgebra.productSvd(
                    left.stream().map(NativeCopy::array).toList(),
                    right.stream().map(NativeCopy::array).toList());
        } finally {
            left.forEach(NativeCopy::close);
            right.forEach(NativeCopy::close);
        }
    }

    static void close(LinearAlgebra.Svd svd) {
        svd.u().close();
        svd.v().close();
    }
}
