package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.testkit.TinyModel;
import io.arrakis.testkit.TinyTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Neurons that read nothing, through YAML. */
class NeuronCrowdingTest extends OnExperiment {

    private static final String YAML = """
            name: crowding
            model: ./planted
            steps:
              crowding:
                use: k_prober.neuron_crowding
                with: {layer_idx: 0, k_neighbors: %d}
            """;

    /** Neurons 3 and 40 of block 0 have input weights 0. */
    private static TinyModel silent() {
        TinyModel model = TinyModel.bert(TinyModel.Size.SMALL, List.of("wren", "spoon"), 3);
        TinyTensor reads = model.tensor("bert.encoder.layer.0.intermediate.dense.weight");
        for (int neuron : new int[] {3, 40}) {
            reads.setRow(neuron, new double[32]);
        }
        return model;
    }

    private CrowdingScores crowding(int k) {
        return experiment.finish(YAML.formatted(k)).result("crowding", CrowdingScores.class);
    }

    @Test
    void leavesNeuronsThatReadNothingEmptyAndCountsThem() {
        experiment.model("planted", silent());
        CrowdingScores found = crowding(5);
        assertThat(found.warnings()).containsExactly("2 neurons have input weights 0 and no crowding");
        List<Object> cells = found.neurons().cells("crowding");
        assertThat(cells).hasSize(64);
        assertThat(cells.subList(62, 64)).containsOnlyNulls();
        assertThat(found.neurons().cells("neuron").subList(62, 64))
                .extracting(number -> ((Number) number).intValue())
                .containsExactly(3, 40);
        assertThat(found.mean())
                .isCloseTo(
                        cells.subList(0, 62).stream()
                                .mapToDouble(cell -> (Double) cell)
                                .average()
                                .orElseThrow(),
                        within(1e-9));
    }

    @Test
    void warnsOfNothingWhereAllNeuronsRead() {
        experiment.model("planted", TinyModel.bert(TinyModel.Size.SMALL, List.of("wren", "spoon"), 3));
        assertThat(crowding(63).warnings()).isEmpty();
        assertThat(crowding(63).neurons().cells("crowding")).doesNotContainNull();
    }

    @Test
    void asksForFewerNeighboursWhereTooFewNeuronsRead() {
        experiment.model("planted", silent());
        assertThat(crowding(61).neurons().cells("crowding")).hasSize(64);
        fails(YAML.formatted(62), "k_neighbors 62, but only 62 neurons of block 0 have input weights other than 0");
    }
}
