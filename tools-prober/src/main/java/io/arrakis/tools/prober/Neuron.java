package io.arrakis.tools.prober;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inline;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.validation.constraints.Min;
import java.util.Comparator;
import java.util.List;

/**
 * One unit of {@code mlp.hook_post}: of an MLP's inner layer after its activation, and after the gate's product where there is
 * one. Written {@code [layer, neuron]}.
 *
 * @param layer  the block
 * @param neuron 0 to d_mlp - 1
 */
@Inline
public record Neuron(
        @Description("Block of the neuron.") @Layer(LayerKind.BLOCK)
        int layer,

        @Description("Number of the neuron in its block.") @Min(0)
        int neuron) {

    /** By block, then by number. */
    static final Comparator<Neuron> ORDER =
            Comparator.comparingInt(Neuron::layer).thenComparingInt(Neuron::neuron);

    /** Returns the hook point of the neurons of a block. */
    static HookName hook(int layer) {
        return HookName.of(HookPoint.MLP_POST, layer);
    }

    /** Returns the blocks whose neurons are looked at, each once, in order. */
    static List<Integer> blocks(Layers layers, Dimensions dims) {
        return layers.in(dims.nLayers(), LayerKind.BLOCK).stream()
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the hook points of the neurons of blocks that are looked at. */
    static List<HookName> hooks(Layers layers, Dimensions dims) {
        return blocks(layers, dims).stream().map(Neuron::hook).toList();
    }

    /** Reports against the parameter {@code neurons} those that the model does not have, and those that are given twice. */
    static void check(List<Neuron> neurons, ModelDescription model, Problems problems) {
        for (int i = 0; i < neurons.size(); i++) {
            neurons.get(i).check(model, "neurons[" + i + "]", problems);
        }
        if (neurons.stream().distinct().count() < neurons.size()) {
            problems.at("neurons").error(ErrorCode.TOOL_INPUT, "a neuron is given twice", "name each once");
        }
    }

    /** Reports against a parameter if the model has no such neuron. */
    void check(ModelDescription model, String parameter, Problems problems) {
        int dMlp = model.architecture().dims().dMlp();
        if (neuron >= dMlp) {
            problems.at(parameter)
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "neuron " + neuron + ", but blocks of model '" + model.name() + "' have neurons 0 to "
                                    + (dMlp - 1),
                            "name a neuron as [layer, neuron]");
        }
    }
}
