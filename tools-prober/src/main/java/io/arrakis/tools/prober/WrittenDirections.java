package io.arrakis.tools.prober;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.model.Weights;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the neurons of a block write, as the unembedding reads it: through the norm of what the MLP adds, where there is one, and
 * through the last norm. Both centre and weigh it; what they divide by depends on the text and is taken as 1.
 *
 * @param rows    a direction a neuron, one after the other
 * @param width   of a direction
 * @param written length of what each neuron writes, before any norm
 */
record WrittenDirections(float[] rows, int width, double[] written) {

    /** What is left of a direction that a norm subtracts whole is below this share of it. */
    private static final double ROUNDING = 1e-6;

    /** Returns whether what is written is a sum that the scores of the next token are linear in. */
    static boolean leadToTokens(Architecture architecture) {
        return !architecture.encoder() && architecture.has(WeightPoint.W_U);
    }

    /** Returns the weights that are read for some blocks, the unembedding among them. */
    static List<WeightName> weights(Architecture architecture, List<Integer> blocks) {
        Stream<WeightName> inside = blocks.stream()
                .flatMap(block -> Stream.of(WeightPoint.W_OUT, WeightPoint.LN2_POST_W)
                        .filter(architecture::has)
                        .map(point -> WeightName.of(point, block)));
        Stream<WeightName> outside = Stream.of(WeightPoint.FINAL_LN_W, WeightPoint.W_U)
                .filter(architecture::has)
                .map(WeightName::of);
        return Stream.concat(inside, outside).toList();
    }

    /** Reads the neurons of a block. */
    static WrittenDirections of(int block, Architecture architecture, Weights weights) {
        int width = architecture.dims().dModel();
        float[] rows = read(weights, WeightName.of(WeightPoint.W_OUT, block));
        double[] written = lengths(rows, width);
        if (architecture.has(WeightPoint.LN2_POST_W)) {
            fold(architecture.block().norm(), read(weights, WeightName.of(WeightPoint.LN2_POST_W, block)), rows);
        }
        architecture
                .head()
                .finalNorm()
                .ifPresent(norm -> fold(norm, read(weights, WeightName.of(WeightPoint.FINAL_LN_W)), rows));
        double factor = architecture.block().residualMultiplier()
                / architecture
                        .head()
                        .unembedding()
                        .map(UnembeddingSpec::divisor)
                        .orElseThrow();
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= (float) factor;
        }
        return new WrittenDirections(rows, width, written);
    }

    private static float[] read(Weights weights, WeightName name) {
        try (INDArray array = weights.get(name)) {
            float[] values = array.data().asFloat();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw notFinite(name, "number " + i, values[i]);
                }
            }
            return values;
        }
    }

    /** Returns the error for a weight that is not a finite number. */
    static ArrakisException notFinite(WeightName name, String what, float value) {
        return new ArrakisException(
                ErrorCode.NOT_FINITE, name.toString(), what + " is " + value, "check the weights of the model");
    }

    /** Does to each row what a norm does, but for its scale and its bias. */
    private static void fold(NormSpec norm, float[] weight, float[] rows) {
        int width = weight.length;
        for (int first = 0; first < rows.length; first += width) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += rows[first + i];
            }
            double mean = norm.kind() == NormSpec.Kind.LAYER_NORM ? sum / width : 0;
            for (int i = 0; i < width; i++) {
                double factor = weight[i] + (norm.weightPlusOne() ? 1 : 0);
                rows[first + i] = (float) ((rows[first + i] - mean) * factor);
            }
        }
    }

    private static double[] lengths(float[] rows, int width) {
        double[] lengths = new double[rows.length / width];
        for (int i = 0; i < rows.length; i++) {
            lengths[i / width] += (double) rows[i] * rows[i];
        }
        for (int row = 0; row < lengths.length; row++) {
            lengths[row] = Math.sqrt(lengths[row]);
        }
        return lengths;
    }

    /** Returns the length of each direction; 0 where nothing but rounding is left of what a neuron writes. */
    double[] lengths() {
        double[] lengths = lengths(rows, width);
        for (int row = 0; row < lengths.length; row++) {
            lengths[row] = lengths[row] > ROUNDING * written[row] ? lengths[row] : 0;
        }
        return lengths;
    }

    /** Returns the directions of some neurons as the rows of a matrix. */
    INDArray of(int[] neurons) {
        float[] chosen = new float[neurons.length * width];
        for (int i = 0; i < neurons.length; i++) {
            System.arraycopy(rows, neurons[i] * width, chosen, i * width, width);
        }
        return Nd4j.createFromArray(chosen).reshape('c', neurons.length, width);
    }
}
