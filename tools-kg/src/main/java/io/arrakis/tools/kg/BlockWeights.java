package io.arrakis.tools.kg;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.model.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of one block, copied to the heap one by one.
 *
 * @param weights      of the model
 * @param architecture of the model
 * @param block        0..n_layers-1
 */
record BlockWeights(Weights weights, Architecture architecture, int block) {

    /** Returns the names of all weights from which the scores of a block are made: nothing else is read. */
    static List<WeightName> scoreWeights(Architecture architecture, int block) {
        List<WeightPoint> points = new ArrayList<>();
        if (architecture.block().form().normsBeforeAttention()) {
            points.add(WeightPoint.LN1_W);
            points.add(WeightPoint.LN1_B);
        }
        Stream.of(Side.values()).forEach(side -> points.addAll(List.of(side.matrix(), side.bias(), side.norm())));
        return points.stream()
                .filter(architecture::has)
                .map(point -> WeightName.of(point, block))
                .toList();
    }

    /** Returns whether scores have a part that is not of the matrices: biases of queries, keys or the norm in front. */
    static boolean scoresHaveBiases(Architecture architecture) {
        Set<WeightPoint> biases = Set.of(WeightPoint.LN1_B, Side.QUERY.bias(), Side.KEY.bias());
        return scoreWeights(architecture, 0).stream().map(WeightName::point).anyMatch(biases::contains);
    }

    boolean has(WeightPoint point) {
        return architecture.has(point);
    }

    /** Returns the values of a weight, row-major. */
    float[] get(WeightPoint point) {
        try (INDArray array = weights.get(WeightName.of(point, block))) {
            long last = array.size(array.rank() - 1);
            return HeapMatrix.copyOf(array.reshape('c', array.length() / last, last))
                    .values();
        }
    }
}
