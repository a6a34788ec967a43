package io.arrakis.tools.prober;

/** Responses of one neuron to chosen texts of a concept. */
final class NeuronResponses {

    private NeuronResponses() {}

    static double[] of(ConceptTexts concept, Neuron neuron, int[] chosen) {
        return column(concept.responses(neuron.layer(), chosen), concept.width(neuron.layer()), neuron.neuron());
    }

    /** Returns a column of a row-major matrix. */
    static double[] column(float[] rows, int width, int column) {
        double[] values = new double[rows.length / width];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows[row * width + column];
        }
        return values;
    }
}
