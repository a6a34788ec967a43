package io.arrakis.tools.prober;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.RowConsumer;
import io.arrakis.api.operation.OperationContext;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rank sums of all neurons of some layers under many arrangements of the labels: ranks once, then one product a layer.
 *
 * <p>Neurons are numbered over the layers in their order. Costs neurons x texts x arrangements multiply-adds.
 */
final class NeuronRanks {

    private final ConceptTexts concept;
    private final List<Integer> layers;
    private final OperationContext context;

    NeuronRanks(ConceptTexts concept, List<Integer> layers, OperationContext context) {
        this.concept = concept;
        this.layers = List.copyOf(layers);
        this.context = context;
    }

    int neurons() {
        return layers.stream().mapToInt(concept::width).sum();
    }

    /** Returns a neuron by its number. */
    Neuron neuron(int unit) {
        int left = unit;
        for (int layer : layers) {
            if (left < concept.width(layer)) {
                return new Neuron(layer, left);
            }
            left -= concept.width(layer);
        }
        throw new IndexOutOfBoundsException("unit " + unit + " of " + neurons());
    }

    /**
     * Hands over the rank sums of every neuron.
     *
     * @param chosen       the texts that are ranked
     * @param arrangements ones and zeros {@code [arrangements, texts]}, row-major
     * @param sums         takes for each neuron a sum an arrangement; called from several threads
     */
    void rankSums(int[] chosen, float[] arrangements, RowConsumer sums) {
        LinearAlgebra linearAlgebra = context.linearAlgebra();
        int first = 0;
        try (INDArray labels = matrix(arrangements, chosen.length);
                INDArray transposed = labels.transpose();
                OperationContext.Progress progress = context.progress("ranking neurons", layers.size())) {
            for (int layer : layers) {
                context.checkCancelled();
                int offset = first;
                try (INDArray responses = matrix(concept.responses(layer, chosen), concept.width(layer));
                        INDArray ranks = linearAlgebra.columnRanks(responses)) {
                    linearAlgebra.productRows(
                            ranks.transpose(),
                            transposed,
                            (unit, count, values) -> sums.accept(offset + unit, count, values));
                }
                first += concept.width(layer);
                progress.advance(1);
            }
        }
    }

    private static INDArray matrix(float[] values, int columns) {
        return Nd4j.createFromArray(values).reshape('c', values.length / columns, columns);
    }
}
