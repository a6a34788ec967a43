package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.stats.Alternative;
import io.arrakis.api.stats.LabelPermutation;
import io.arrakis.api.stats.MaxT;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.SeededRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The search for the best of many units, from responses to adjusted p-values; the labels are permuted before. */
final class MaxTWorkload implements Workload {

    private final int units;
    private final int permutations;
    private final LabelPermutation labels;
    private final INDArray responses;
    private final INDArray arrangements;

    MaxTWorkload(int units, int texts, int permutations) {
        this.units = units;
        this.permutations = permutations;
        boolean[] truth = new boolean[texts];
        IntStream.range(0, texts / 2).forEach(text -> truth[text] = true);
        this.labels = LabelPermutation.of(truth);
        this.responses = Numbers.normal(texts, units, 1);
        float[] rows = labels.matrix(permutations, SeededRandom.of(2, "labels"));
        this.arrangements = Nd4j.create(rows, new long[] {permutations + 1, texts}, 'c');
    }

    @Override
    public void run(LinearAlgebra linearAlgebra) {
        MaxT search = MaxT.ofAuroc(labels, units, permutations, Alternative.TWO_SIDED);
        try (INDArray ranks = linearAlgebra.columnRanks(responses)) {
            linearAlgebra.productRows(ranks.transpose(), arrangements.transpose(), search::add);
        }
        MaxTResult result = search.result();
        double smallest = IntStream.range(0, units)
                .mapToDouble(result::adjustedPValue)
                .min()
                .orElseThrow();
        Workload.require(smallest > 0 && smallest <= 1, "an adjusted p-value of " + smallest);
    }
}
