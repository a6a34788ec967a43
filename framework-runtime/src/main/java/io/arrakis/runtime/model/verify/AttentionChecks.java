package io.arrakis.runtime.model.verify;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What leaves attention is the sum of what its heads add, and its pattern is the masked softmax of its scores. */
final class AttentionChecks {

    /** Rounding of float32 against sums in float64. */
    private static final double TOLERANCE = 1e-5;

    private final HookedModel model;
    private final Architecture architecture;
    private final TokenBatch batch;

    AttentionChecks(HookedModel model, Texts texts) {
        this.model = model;
        this.architecture = model.description().architecture();
        this.batch = texts.together(false, 0);
    }

    List<Finding> run() {
        Worst heads = new Worst();
        Worst patterns = new Worst();
        Map<HookName, Tensor> tensors = Tensor.of(model, batch, hooks());
        for (int block = 0; block < architecture.dims().nLayers(); block++) {
            compareHeads(
                    block,
                    tensors.get(HookName.of(HookPoint.Z, block)),
                    tensors.get(HookName.of(HookPoint.ATTN_OUT, block)),
                    heads);
            comparePattern(
                    block,
                    tensors.get(HookName.of(HookPoint.ATTN_SCORES, block)),
                    tensors.get(HookName.of(HookPoint.PATTERN, block)),
                    patterns);
        }
        return List.of(
                heads.finding("heads and b_O make attn_out", TOLERANCE),
                patterns.finding("scores through mask and softmax make pattern", TOLERANCE));
    }

    private List<HookName> hooks() {
        List<HookName> hooks = new ArrayList<>();
        for (int block = 0; block < architecture.dims().nLayers(); block++) {
            for (HookPoint point : List.of(HookPoint.Z, HookPoint.ATTN_OUT, HookPoint.ATTN_SCORES, HookPoint.PATTERN)) {
                hooks.add(HookName.of(point, block));
            }
        }
        return hooks;
    }

    private void compareHeads(int block, Tensor z, Tensor out, Worst worst) {
        float[] output = weight(WeightPoint.W_O, block);
        double scale = out.scale();
        int width = architecture.dims().dModel();
        for (int row = 0; row < batch.rows(); row++) {
            for (int pos = 0; pos < batch.columns(); pos++) {
                if (batch.real(row, pos)) {
                    double[] sum = branch(block, sum(block, z, row, pos, output));
                    for (int i = 0; i < width; i++) {
                        worst.compare(out.hook(), out.at(row, pos, i), sum[i], scale);
                    }
                }
            }
        }
    }

    /** What all heads add at a position, and the bias. */
    private double[] sum(int block, Tensor z, int row, int pos, float[] output) {
        int width = architecture.dims().dModel();
        double[] sum = architecture.has(WeightPoint.B_O) ? doubles(weight(WeightPoint.B_O, block)) : new double[width];
        int inputs = architecture.dims().nHeads() * architecture.dims().dHead();
        int first = (row * batch.columns() + pos) * inputs;
        for (int input = 0; input < inputs; input++) {
            double value = z.values()[first + input];
            for (int i = 0; i < width; i++) {
                sum[i] += value * output[input * width + i];
            }
        }
        return sum;
    }

    /** Norm and multiplier on the way to the stream, where the family has them. */
    private double[] branch(int block, double[] sum) {
        double[] normed = architecture.has(WeightPoint.LN1_POST_W) ? norm(block, sum) : sum;
        for (int i = 0; i < normed.length; i++) {
            normed[i] *= architecture.block().residualMultiplier();
        }
        return normed;
    }

    private double[] norm(int block, double[] x) {
        NormSpec spec = architecture.block().norm();
        float[] weight = weight(WeightPoint.LN1_POST_W, block);
        float[] bias = spec.bias() ? weight(WeightPoint.LN1_POST_B, block) : new float[x.length];
        double mean = 0;
        if (spec.kind() == NormSpec.Kind.LAYER_NORM) {
            for (double value : x) {
                mean += value / x.length;
            }
        }
        double square = 0;
        for (double value : x) {
            square += (value - mean) * (value - mean) / x.length;
        }
        double size = Math.sqrt(square + spec.epsilon());
        double[] normed = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double factor = weight[i] + (spec.weightPlusOne() ? 1 : 0);
            normed[i] = (x[i] - mean) / size * factor + bias[i];
        }
        return normed;
    }

    private float[] weight(WeightPoint point, int block) {
        return model.weights().get(WeightName.of(point, block)).data().asFloat();
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private void comparePattern(int block, Tensor scores, Tensor pattern, Worst worst) {
        for (int row = 0; row < batch.rows(); row++) {
            for (int head = 0; head < architecture.dims().nHeads(); head++) {
                for (int query = 0; query < batch.columns(); query++) {
                    if (batch.real(row, query)) {
                        compareRow(block, scores, pattern, new int[] {row, head, query}, worst);
                    }
                }
            }
        }
    }

    private void compareRow(int block, Tensor scores, Tensor pattern, int[] place, Worst worst) {
        double[] expected = new double[batch.columns()];
        double total = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int key = 0; key < expected.length; key++) {
            if (sees(block, place[0], place[2], key)) {
                largest = Math.max(largest, scores.at(place[0], place[1], place[2], key));
            }
        }
        for (int key = 0; key < expected.length; key++) {
            if (sees(block, place[0], place[2], key)) {
                expected[key] = Math.exp(scores.at(place[0], place[1], place[2], key) - largest);
                total += expected[key];
            }
        }
        for (int key = 0; key < expected.length; key++) {
            float actual = pattern.at(place[0], place[1], place[2], key);
            boolean leaks = actual != 0 && !sees(block, place[0], place[2], key);
            worst.compare(pattern.hook(), leaks ? Double.NaN : actual, expected[key] / total, 1);
        }
    }

    private boolean sees(int block, int row, int query, int key) {
        OptionalInt window = architecture.layers().get(block).window();
        boolean near = window.isEmpty() || Math.abs(query - key) < window.getAsInt();
        boolean past = !architecture.attention().causal() || key <= query;
        return near && past && batch.real(row, key);
    }
}
