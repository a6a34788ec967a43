package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.device.DeviceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {

    private static final String YAML = """
            name: senses
            seed: 7
            model: {random: {like: minilm, seed: 3}}
            device: gpu:1
            threads: 4
            dtype: bfloat16
            data:
              contexts: {source: inline, texts: [one, two], max_tokens: 64}
            controls:
              random_model: {seed: 9}
            steps:
              a: {use: sample.score, with: {layer_idx: 2}}
              b:
                use: sample.score
                with: {layer_idx: 0, contexts: "${data.contexts}"}
                controls: {layer_0: true}
              c: {use: sample.every_form, with: {file: words.txt}}
            """;

    @TempDir
    private Path directory;

    private Experiment read(String yaml) throws IOException {
        Files.writeString(directory.resolve("words.txt"), "words");
        return Specs.read(directory, yaml).experiment();
    }

    @Test
    void readsEverythingThatStandsInAnExperiment() throws IOException {
        Experiment experiment = read(YAML);

        assertThat(experiment.name()).isEqualTo("senses");
        assertThat(experiment.seed()).isEqualTo(7);
        assertThat(experiment.model()).isEqualTo(new ModelSpec.RandomLike("minilm", 3));
        assertThat(experiment.device()).isEqualTo(new DeviceRequest.OneGpu(1));
        assertThat(experiment.threads()).isEqualTo(4);
        assertThat(experiment.dtype()).isEqualTo(ComputeType.BFLOAT16);
        assertThat(experiment.data().get("contexts").maxTokens()).hasValue(64);
        assertThat(experiment.base()).isEqualTo(directory.toAbsolutePath());
        Controls top = new Controls(Optional.of(new Controls.RandomModel(9)), false);
        assertThat(experiment.steps().get("a").controls()).isEqualTo(top);
        assertThat(experiment.steps().get("b").controls()).isEqualTo(new Controls(Optional.empty(), true));
    }

    @Test
    void writesTheSameExperimentWithEverythingInIt() throws IOException {
        String words = directory.toAbsolutePath().resolve("words.txt").toString();

        assertThat(read(YAML).yaml()).isEqualTo("""
                        name: senses
                        seed: 7
                        model:
                          random: {like: minilm, seed: 3}
                        device: gpu:1
                        threads: 4
                        dtype: bfloat16
                        data:
                          contexts:
                            source: inline
                            texts: [one, two]
                            rows: []
                            max_tokens: 64
                        controls:
                          random_model: {seed: 9}
                          layer_0: false
                        steps:
                          a:
                            use: sample.score
                            with: {layer_idx: 2, k_neighbors: 50, contexts: '${data.contexts}'}
                          b:
                            use: sample.score
                            with: {layer_idx: 0, k_neighbors: 50, contexts: '${data.contexts}'}
                            controls: {layer_0: true}
                          c:
                            use: sample.every_form
                            with:
                              whole: 50
                              big: 7
                              real: 0.5
                              single: 0.25
                              flag: false
                              text: 'no'
                              letters: ab
                              rows: each
                              file: WORDS
                              numbers: [1, 2]
                              weights: {a: 1.5}
                              options: {centre: true}
                              threshold: 0.7
                              neuron: [0, 1]
                              layers: all
                              pairs:
                              - [good, bad]
                              tokens: [cat, '12']
                              texts: [a text]
                        """.replace("WORDS", words));
    }

    @Test
    void takesDefaultsAndTheNameOfTheFile() throws IOException {
        Experiment experiment = read("model: minilm\nsteps: {a: {use: sample.every_form}}\n");

        assertThat(experiment.name()).isEqualTo("experiment");
        assertThat(experiment.seed()).isZero();
        assertThat(experiment.device()).isEqualTo(new DeviceRequest.Auto());
        assertThat(experiment.threads()).isEqualTo(2);
        assertThat(experiment.dtype()).isEqualTo(ComputeType.FLOAT32);
        assertThat(experiment.controls()).isEqualTo(Controls.NONE);
    }

    @Test
    void hasOneIdentityWhereverItsFilesLieAndHoweverTheyAreOrdered(@TempDir Path elsewhere) throws IOException {
        String first = read(YAML).identity("model", Map.of("contexts", "data"));
        Files.writeString(elsewhere.resolve("words.txt"), "words");
        String head = YAML.substring(0, YAML.indexOf("steps:\n") + 7);
        String a = "  a: {use: sample.score, with: {layer_idx: 2}}\n";
        String moved = head + YAML.substring(head.length()).replace(a, "") + a;

        assertThat(Specs.read(elsewhere, moved).experiment().identity("model", Map.of("contexts", "data")))
                .isEqualTo(first);
    }

    @Test
    void hasAnotherIdentityWhenAnythingThatDecidesResultsDiffers() throws IOException {
        List<String> others = new ArrayList<>();
        others.add(read(YAML).identity("model", Map.of("contexts", "data")));
        others.add(read(YAML).identity("other", Map.of("contexts", "data")));
        others.add(read(YAML).identity("model", Map.of("contexts", "other")));
        others.add(read(YAML.replace("seed: 7", "seed: 8")).identity("model", Map.of("contexts", "data")));
        others.add(read(YAML.replace("threads: 4", "threads: 5")).identity("model", Map.of("contexts", "data")));
        others.add(read(YAML.replace("layer_idx: 2", "layer_idx: 1")).identity("model", Map.of("contexts", "data")));
        others.add(
                read(YAML.replace("max_tokens: 64", "max_tokens: 63")).identity("model", Map.of("contexts", "data")));
        Files.writeString(directory.resolve("words.txt"), "other words");
        others.add(Specs.read(directory, YAML).experiment().identity("model", Map.of("contexts", "data")));

        assertThat(others).doesNotHaveDuplicates();
    }

    @Test
    void writesTheAbsolutePathOfAModelThatIsADirectory() throws IOException {
        Files.createDirectories(directory.resolve("tiny"));

        Experiment experiment = read("model: tiny\nsteps: {a: {use: sample.every_form}}\n");

        assertThat(experiment.model()).isEqualTo(new ModelSpec.Named("tiny"));
        assertThat(experiment.yaml())
                .contains("model: " + directory.toAbsolutePath().resolve("tiny") + "\n");
    }

    @Test
    void keepsWhatIsRightWhenSomethingIsWrong() {
        Checked checked = Specs.read(directory, """
                name: a/b
                model: minilm
                threads: none
                data: {d: {source: inline, texts: [x]}, e: {source: nowhere}}
                steps:
                  right: {use: sample.score, with: {layer_idx: 1, contexts: "${data.d}"}}
                  wrong: {use: sample.score, with: {layer_idx: x, contexts: "${data.d}"}}
                  after: {use: sample.use_best, with: {concept_neuron: "${steps.wrong.words}"}}
                  other: {use: sample.score, with: {layer_idx: 1, contexts: "${data.e}"}}
                """);

        assertThat(checked.hasErrors()).isTrue();
        assertThat(checked.partial().orElseThrow().steps().keySet()).containsExactly("right");
        assertThat(checked.partial().orElseThrow().threads()).isEqualTo(2);
        assertThatThrownBy(checked::experiment).isInstanceOf(ArrakisException.class);
    }

    @Test
    void reportsWhatAnOperationSaysWhereTheParameterStands() throws IOException {
        Step step = read(YAML).steps().get("b");
        List<Problem> problems = new ArrayList<>();

        step.problems(problems::add).at("layer_idx").error(ErrorCode.TOOL_INPUT, "layer 0 has no neurons", "take 1");
        step.problems(problems::add).at("k_neighbors").warning(ErrorCode.TOOL_INPUT, "few", "");

        assertThat(problems)
                .extracting(problem -> problem.toString().replaceFirst("^.*experiment.yaml:", ""))
                .containsExactly(
                        "15:23: error TOOL-INPUT: layer 0 has no neurons; take 1", "15:5: warning TOOL-INPUT: few");
    }
}
