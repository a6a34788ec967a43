package io.arrakis.tools.prober;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.Quantiles;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How scattered the input weights nearest to each neuron's are: their mean distance from their mean, over the norm of that mean.
 *
 * <p>Upstream Arrakis scored polysemy so. It is a property of weights alone: small where many neurons read nearly the same
 * direction, large where a neuron's neighbours have little in common. Costs one product of the weights with themselves; no model
 * is run.
 */
@Description("Measures how scattered the input weights around each neuron's are; reads weights alone.")
public final class NeuronCrowding implements Operation<NeuronCrowding.Params, CrowdingScores> {

    /** Makes the operation. */
    @Inject
    public NeuronCrowding() {}

    /**
     * What to measure.
     *
     * @param layerIdx   the block
     * @param kNeighbors nearest neurons of a neuron
     */
    public record Params(
            @Description("Block whose neurons are compared.") @Layer(LayerKind.BLOCK)
            int layerIdx,

            @Description("Number of nearest neurons of a neuron.") @DefaultValue("50") @Min(2) @Max(10_000)
            int kNeighbors) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        int dMlp = planning.model().architecture().dims().dMlp();
        if (params.kNeighbors() >= dMlp) {
            problems.at("k_neighbors")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "k_neighbors " + params.kNeighbors() + ", but a neuron of model '"
                                    + planning.model().name() + "' has " + (dMlp - 1) + " others in its block",
                            "ask for fewer");
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        return Requirements.weights(List.of(weight(params)));
    }

    private static WeightName weight(Params params) {
        return WeightName.of(WeightPoint.W_IN, params.layerIdx());
    }

    @Override
    public CrowdingScores run(Params params, Inputs inputs, OperationContext context) {
        try (INDArray weights = inputs.weights().get(weight(params));
                INDArray norms = weights.norm2(0)) {
            int[] reading = reading(norms);
            requireOthers(reading.length, params);
            double[] scores = scores(unitColumns(weights, norms), reading, params, context);
            return new CrowdingScores(
                    params.layerIdx(),
                    Moments.mean(scores),
                    Quantiles.median(scores),
                    table(reading, scores, norms.columns()),
                    ResponseFigure.distribution(
                            "Scatter of the input weights around each neuron's", "scatter", "share of neurons", scores),
                    warnings(norms.columns() - reading.length));
        }
    }

    /** Returns the columns that are not 0; those with NaN among them. */
    private static int[] reading(INDArray norms) {
        return IntStream.range(0, norms.columns())
                .filter(neuron -> !(norms.getFloat(neuron) < Float.MIN_NORMAL))
                .toArray();
    }

    private static void requireOthers(int reading, Params params) {
        if (params.kNeighbors() >= reading) {
            throw new ArrakisException(
                    ErrorCode.SPEC_RANGE,
                    "k_neighbors",
                    "k_neighbors " + params.kNeighbors() + ", but only " + reading + " neurons of block "
                            + params.layerIdx() + " have input weights other than 0",
                    "ask for fewer than " + reading);
        }
    }

    private static double[] scores(INDArray units, int[] reading, Params params, OperationContext context) {
        Crowding crowding = new Crowding(context.linearAlgebra(), params.kNeighbors());
        if (reading.length == units.rows()) {
            return crowding.of(units);
        }
        try (INDArray rows = units.getRows(reading)) {
            return crowding.of(rows);
        }
    }

    /** Gives each column length 1, in place, unless it is 0; returns the columns as rows of a view. */
    private static INDArray unitColumns(INDArray weights, INDArray norms) {
        try (INDArray divisors = Transforms.max(norms, Float.MIN_NORMAL)) {
            return weights.diviRowVector(divisors).transpose();
        }
    }

    private static List<String> warnings(int silent) {
        return silent == 0 ? List.of() : List.of(silent + " neurons have input weights 0 and no crowding");
    }

    /** Writes a row for each neuron; those that read nothing come last and have an empty cell. */
    private static Table table(int[] reading, double[] scores, int neurons) {
        Table.Builder table = Table.builder()
                .integer("neuron", "number in its block")
                .number(
                        "crowding",
                        "mean distance of its nearest neurons from their mean, over the norm of that mean; empty where"
                                + " its input weights are 0");
        IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]))
                .forEach(i -> table.row(reading[i], scores[i]));
        IntStream.range(0, neurons)
                .filter(neuron -> Arrays.binarySearch(reading, neuron) < 0)
                .forEach(neuron -> table.row(neuron, null));
        return table.build();
    }
}
