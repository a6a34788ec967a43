package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.operation.StepRef;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.spec.SamplePlugin.FindBest.Found;
import io.arrakis.runtime.spec.SamplePlugin.Neuron;
import io.arrakis.runtime.spec.SamplePlugin.UseBest.Params;
import io.arrakis.runtime.spec.form.Bound;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateValuesTest {

    private static final String YAML = """
            model: minilm
            data: {d: {source: inline, texts: [x]}}
            steps:
              use:
                use: sample.use_best
                with:
                  concept_neuron: ${steps.best.best}
                  step: ${steps.best}
                  more: ["${steps.best.others[1]}", [7, 8]]
                  name: ${steps.best.label}
                  weight: ${steps.best.scores.cat}
              best: {use: sample.find_best}
            """;

    private static final Found FOUND = new Found(
            new Neuron(2, 30),
            List.of(new Neuron(0, 1), new Neuron(5, 6)),
            Map.of("cat", 0.25),
            "costs ${5}",
            Optional.empty());

    @TempDir
    private Path directory;

    private Bound use(String yaml) {
        return Specs.read(directory, yaml).experiment().steps().get("use").parameters();
    }

    @Test
    void runsAStepAfterWhatItReads() {
        Experiment experiment = Specs.read(directory, YAML).experiment();

        assertThat(experiment.steps().keySet()).containsExactly("best", "use");
        assertThat(experiment.steps().get("use").after()).containsExactly("best");
        assertThat(experiment.steps().get("best").data()).containsExactly("d");
    }

    @Test
    void waitsForResultsAndFillsThemIn() {
        Bound waiting = use(YAML);

        assertThat(waiting.record()).isEmpty();
        assertThat(waiting.late()).hasSize(4);
        assertThat(waiting.resolve(step -> FOUND).record())
                .contains(new Params(
                        new Neuron(2, 30),
                        Optional.of(new StepRef<>("best")),
                        List.of(new Neuron(5, 6), new Neuron(7, 8)),
                        "costs ${5}",
                        0.25));
    }

    @Test
    void keepsLateReferencesInTheResolvedExperiment() {
        String resolved = Specs.read(directory, YAML).experiment().yaml();

        assertThat(resolved).contains("concept_neuron: ${steps.best.best}", "- ${steps.best.others[1]}");
        assertThat(use(resolved).late()).isEqualTo(use(YAML).late());
    }

    @Test
    void saysAtTheReferenceThatAPartIsNotThere() {
        Bound waiting = use(YAML);
        Found empty = new Found(new Neuron(0, 0), List.of(), Map.of("cat", 1.0), "x", Optional.empty());

        assertThatThrownBy(() -> waiting.resolve(step -> empty))
                .isInstanceOf(ArrakisException.class)
                .hasMessageEndingWith(
                        ":9:14: error SPEC-REFERENCE: ${steps.best.others[1]} cannot be used: the list has 0 entries;"
                                + " refer to a part that the step's result has");
    }

    @Test
    void holdsWhatWasFoundAgainstTheRangeOfTheParameter() {
        Bound waiting = use(YAML);
        Found negative = new Found(new Neuron(0, -3), FOUND.others(), FOUND.scores(), FOUND.label(), Optional.empty());

        assertThatThrownBy(() -> waiting.resolve(step -> negative))
                .isInstanceOf(ArrakisException.class)
                .hasMessageEndingWith(":7:23: error SPEC-RANGE: concept_neuron.neuron is -3, but must be at least 0,"
                        + " as an earlier step found");
    }
}
