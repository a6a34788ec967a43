package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values and outputs of one block: for a token that it looks at, a head adds {@code (x W_V + b_V) W_O} to what attention writes.
 * Norms behind attention and the output's own bias belong to no head and are left out.
 *
 * @param dims   widths and counts
 * @param input  the norm in front
 * @param value  {@code [key-value head, d_model, d_head]}
 * @param bias   {@code [key-value head, d_head]}; zeros where there is none
 * @param output {@code [head, d_head, d_model]}
 */
record ValueOutput(Dimensions dims, AttentionInput input, float[] value, float[] bias, float[] output) {

    private static final int ROWS = 16;

    /** Returns the names of the weights beside those of the scores. */
    static List<WeightName> weights(Architecture architecture, int block) {
        return Stream.of(WeightPoint.W_V, WeightPoint.B_V, WeightPoint.W_O)
                .filter(architecture::has)
                .map(point -> WeightName.of(point, block))
                .toList();
    }

    static ValueOutput read(BlockWeights weights) {
        Dimensions dims = weights.architecture().dims();
        return new ValueOutput(
                dims,
                AttentionInput.read(weights),
                weights.get(WeightPoint.W_V),
                weights.has(WeightPoint.B_V)
                        ? weights.get(WeightPoint.B_V)
                        : new float[dims.nKeyValueHeads() * dims.dHead()],
                weights.get(WeightPoint.W_O));
    }

    /** Returns what takes a normed row, with a one behind it, to the value of a key-value head, {@code [d_model + 1, d_head]}. */
    HeapMatrix reading(int keyValueHead) {
        int dModel = dims.dModel();
        int dHead = dims.dHead();
        double[][] rows = new double[dModel + 1][dHead];
        for (int j = 0; j < dHead; j++) {
            rows[dModel][j] = bias[keyValueHead * dHead + j];
        }
        for (int i = 0; i < dModel; i++) {
            for (int j = 0; j < dHead; j++) {
                double weight = value[(keyValueHead * dModel + i) * dHead + j];
                rows[i][j] = input.scale()[i] * weight;
                rows[dModel][j] += input.shift()[i] * weight;
            }
        }
        HeapMatrix factor = HeapMatrix.zeros(dModel + 1, dHead);
        for (int i = 0; i < factor.values().length; i++) {
            factor.values()[i] = (float) rows[i / dHead][i % dHead];
        }
        return factor;
    }

    /** Returns what takes a value to what the head writes, transposed, {@code [d_model, d_head]}. */
    HeapMatrix writing(int head) {
        int dModel = dims.dModel();
        int dHead = dims.dHead();
        HeapMatrix factor = HeapMatrix.zeros(dModel, dHead);
        for (int j = 0; j < dHead; j++) {
            for (int i = 0; i < dModel; i++) {
                factor.values()[i * dHead + j] = output[(head * dHead + j) * dModel + i];
            }
        }
        return factor;
    }

    /** Returns the components of all heads; the caller closes their arrays. */
    List<Svd> circuits(LinearAlgebra linearAlgebra) {
        List<NativeCopy> reading = IntStream.range(0, dims.nKeyValueHeads())
                .mapToObj(head -> reading(head).toNative())
                .toList();
        List<NativeCopy> writing = IntStream.range(0, dims.nHeads())
                .mapToObj(head -> writing(head).toNative())
                .toList();
        try {
            return linearAlgebra.productSvd(
                    IntStream.range(0, dims.nHeads())
                            .mapToObj(head ->
                                    reading.get(Side.KEY.headFor(head, dims)).array())
                            .toList(),
                    writing.stream().map(NativeCopy::array).toList());
        } finally {
            reading.forEach(NativeCopy::close);
            writing.forEach(NativeCopy::close);
        }
    }

    /** Returns for each head the largest error of the sum of its components on random rows, over the root mean square. */
    List<Double> errors(List<Svd> circuits, SeededRandom random) {
        List<Double> errors = new ArrayList<>();
        for (int head = 0; head < circuits.size(); head++) {
            errors.add(error(circuits.get(head), head, random));
        }
        return errors;
    }

    private double error(Svd circuit, int head, SeededRandom random) {
        HeapMatrix u = HeapMatrix.copyOf(circuit.u());
        HeapMatrix v = HeapMatrix.copyOf(circuit.v());
        double largest = 0;
        double squares = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] x = new double[dims.dModel()];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian();
            }
            double[] wanted = written(x, head);
            double[] found = sum(x, u, circuit.s(), v);
            for (int i = 0; i < wanted.length; i++) {
                largest = Math.max(largest, Math.abs(wanted[i] - found[i]));
                squares += wanted[i] * wanted[i];
            }
        }
        return largest == 0 ? 0 : largest / Math.sqrt(squares / (ROWS * (double) dims.dModel()));
    }

    /** What the head writes for a normed row, step by step, nothing folded. */
    double[] written(double[] normed, int head) {
        int dModel = dims.dModel();
        int dHead = dims.dHead();
        int keyValueHead = Side.KEY.headFor(head, dims);
        double[] written = new double[dModel];
        for (int j = 0; j < dHead; j++) {
            double one = bias[keyValueHead * dHead + j];
            for (int i = 0; i < dModel; i++) {
                double weighted = normed[i] * input.scale()[i] + input.shift()[i];
                one += weighted * value[(keyValueHead * dModel + i) * dHead + j];
            }
            for (int i = 0; i < dModel; i++) {
                written[i] += one * output[(head * dHead + j) * dModel + i];
            }
        }
        return written;
    }

    private static double[] sum(double[] x, HeapMatrix u, double[] s, HeapMatrix v) {
        double[] sum = new double[v.rows()];
        for (int k = 0; k < s.length; k++) {
            double coordinate = u.at(x.length, k);
            for (int i = 0; i < x.length; i++) {
                coordinate += x[i] * u.at(i, k);
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] += s[k] * coordinate * v.at(i, k);
            }
        }
        return sum;
    }
}
