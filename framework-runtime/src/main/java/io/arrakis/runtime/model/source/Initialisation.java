package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.QkNormSpec;
import io.arrakis.api.model.TensorLayout;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.model.family.DescribedModel;
import io.arrakis.runtime.model.weights.MatrixShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which tensors a model has and how each is initialised, as Hugging Face transformers does it: matrices and tables from
 * a normal distribution with the deviation {@code initializer_range}, biases 0, scales of norms 1 (0 where the scale is one
 * plus the weight). GPT-2 draws the matrices that write to the residual stream with the deviation divided by the root of
 * twice the number of blocks. Unlike there, the row of the padding token is drawn like the others.
 *
 * @see "Radford et al. 2019, Language Models are Unsupervised Multitask Learners, section 2.3"
 */
final class Initialisation {

    private final DescribedModel model;
    private final double deviation;
    private final Map<String, RandomTensor> tensors = new LinkedHashMap<>();

    private Initialisation(DescribedModel model, double deviation) {
        this.model = model;
        this.deviation = deviation;
    }

    /**
     * Describes all tensors of a model, under the names of its family's files.
     *
     * @param deviation standard deviation of matrices and tables
     */
    static Map<String, RandomTensor> of(DescribedModel model, double deviation) {
        Initialisation initialisation = new Initialisation(model, deviation);
        model.architecture().weightNames().forEach(initialisation::add);
        return initialisation.tensors;
    }

    private void add(WeightName name) {
        Architecture architecture = model.architecture();
        MatrixShape shape = MatrixShape.of(name.point(), architecture);
        List<TensorLocation> parts = model.family().locate(name, architecture);
        for (TensorLocation part : parts) {
            TensorLocation.Rows rows = part.rows();
            long out = rows.all()
                    ? shape.out() / parts.size()
                    : rows.first() + (rows.count() - 1L) * rows.stride() + rows.length();
            RandomTensor tensor = tensor(name.point(), part.layout(), out, shape.in());
            tensors.merge(part.names().get(0), tensor, Initialisation::larger);
        }
    }

    private RandomTensor tensor(WeightPoint point, TensorLayout layout, long out, long in) {
        return switch (point.kind()) {
            case BIAS -> new RandomTensor(List.of(out), 0, 0);
            case NORM -> new RandomTensor(List.of(out), weightPlusOne(point) ? 0 : 1, 0);
            case TABLE -> new RandomTensor(List.of(out, in), 0, deviation);
            case MATRIX ->
                new RandomTensor(
                        layout == TensorLayout.OUT_IN ? List.of(out, in) : List.of(in, out), 0, deviation(point));
        };
    }

    private double deviation(WeightPoint point) {
        boolean writesToStream = point == WeightPoint.W_O || point == WeightPoint.W_OUT;
        return model.modelType().equals("gpt2") && writesToStream
                ? deviation / Math.sqrt(2.0 * model.architecture().dims().nLayers())
                : deviation;
    }

    private boolean weightPlusOne(WeightPoint point) {
        Architecture architecture = model.architecture();
        Optional<NormSpec> norm =
                switch (point) {
                    case EMBED_LN_W -> architecture.embedding().norm();
                    case FINAL_LN_W -> architecture.head().finalNorm();
                    case Q_NORM_W, K_NORM_W -> architecture.attention().qkNorm().map(QkNormSpec::norm);
                    default -> Optional.of(architecture.block().norm());
                };
        return norm.filter(NormSpec::weightPlusOne).isPresent();
    }

    /** Weights that share a tensor see different parts of it; the one that sees its end knows its size. */
    private static RandomTensor larger(RandomTensor one, RandomTensor other) {
        return size(one) >= size(other) ? one : other;
    }

    private static long size(RandomTensor tensor) {
        return tensor.shape().stream().reduce(1L, Math::multiplyExact);
    }
}
