package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AblationTest {

    private static final Map<Neuron, Float> VALUES =
            Map.of(new Neuron(1, 4), 8f, new Neuron(0, 9), 2f, new Neuron(1, 3), 6f);

    @Test
    void replacesAtFullDose() {
        assertThat(Ablation.towards(VALUES, 1))
                .containsExactly(
                        change(0, new Edit.Replace(Values.vector(2)), 9),
                        change(1, new Edit.Replace(Values.vector(6, 8)), 3, 4));
    }

    @Test
    void goesPartOfTheWayAtHalfDose() {
        assertThat(Ablation.towards(VALUES, 0.5))
                .containsExactly(
                        change(0, new Edit.Scale(0.5), 9),
                        change(0, new Edit.Add(Values.vector(1)), 9),
                        change(1, new Edit.Scale(0.5), 3, 4),
                        change(1, new Edit.Add(Values.vector(3, 4)), 3, 4));
    }

    private static Intervention change(int layer, Edit edit, int... units) {
        return Intervention.everywhere(Neuron.hook(layer), edit).inUnits(units);
    }

    @Test
    void pointsFromTextsWithoutTheConceptToTextsWithIt() {
        ClassDirection direction = ClassDirection.between(new float[] {0, 5, 0, 2}, new float[] {7, 0}, 2);

        assertThat(direction.axis()).containsExactly(new double[] {-Math.sqrt(0.5), Math.sqrt(0.5)}, within(1e-7));
        assertThat(direction.cosines(new float[] {-3, 3, 4, 0}))
                .containsExactly(new double[] {1, -Math.sqrt(0.5)}, within(1e-6));
    }

    @Test
    void hasNoDirectionBetweenEqualMeans() {
        assertThat(ClassDirection.between(new float[] {0, 5}, new float[] {0, 1}, 2)
                        .axis())
                .containsExactly(0, 0);
        assertThat(List.of(new Neuron(2, 1), new Neuron(0, 7), new Neuron(0, 3)).stream()
                        .sorted(Neuron.ORDER))
                .containsExactly(new Neuron(0, 3), new Neuron(0, 7), new Neuron(2, 1));
    }
}
