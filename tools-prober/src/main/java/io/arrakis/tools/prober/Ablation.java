package io.arrakis.tools.prober;

import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Moves neurons from what they are at each token towards fixed values. */
final class Ablation {

    private Ablation() {}

    /**
     * Returns what to change in a pass.
     *
     * @param values what each neuron is moved towards
     * @param dose   0 for no change, 1 for the value itself; more goes beyond it
     */
    static List<Intervention> towards(Map<Neuron, Float> values, double dose) {
        Map<Integer, List<Neuron>> byLayer = new TreeMap<>();
        values.keySet().stream().sorted(Neuron.ORDER).forEach(neuron -> byLayer.computeIfAbsent(
                        neuron.layer(), added -> new ArrayList<>())
                .add(neuron));
        List<Intervention> changes = new ArrayList<>();
        byLayer.forEach((layer, neurons) -> {
            int[] units = neurons.stream().mapToInt(Neuron::neuron).toArray();
            float[] moved = new float[units.length];
            for (int i = 0; i < moved.length; i++) {
                moved[i] = (float) (dose * values.get(neurons.get(i)));
            }
            if (dose == 1) {
                changes.add(change(layer, units, new Edit.Replace(Values.vector(moved))));
            } else {
                changes.add(change(layer, units, new Edit.Scale(1 - dose)));
                changes.add(change(layer, units, new Edit.Add(Values.vector(moved))));
            }
        });
        return changes;
    }

    private static Intervention change(int layer, int[] units, Edit edit) {
        return Intervention.everywhere(Neuron.hook(layer), edit).inUnits(units);
    }
}
