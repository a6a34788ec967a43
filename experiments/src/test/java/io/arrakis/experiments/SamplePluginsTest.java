package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSource;
import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Request;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.PluginJar;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of {@code experiments/samples}, each as the jar of a plug-in that an experiment needs. */
class SamplePluginsTest {

    private static final List<String> WORDS = List.of("the", "cat", "dog", "cow", "lamp", "chair", "is", "near");

    @TempDir
    private Path folder;

    @BeforeEach
    void buildThem() throws IOException {
        plugin("data-source", "FrameSource", DatasetSource.class);
        plugin("model-family", "SampleFamily", ModelFamily.class);
        plugin("model-source", "FormulaSource", ModelSource.class);
        plugin("sweep-executor", "NiceExecutor", SweepExecutor.class);
    }

    private void plugin(String sample, String name, Class<?> service) throws IOException {
        String className = "org.example.samples." + name;
        new PluginJar()
                .source(className, Files.readString(Path.of("samples", sample, name + ".java")))
                .service(service, className)
                .write(folder.resolve("plugins").resolve(sample).resolve(sample + ".jar"));
    }

    private Outcome run(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), yaml);
        return TrialRunner.find()
                .run(new Request(
                        file,
                        List.of(),
                        OptionalInt.empty(),
                        List.of(folder.resolve("plugins")),
                        folder.resolve("runs"),
                        folder.resolve("cache")));
    }

    private static Path finished(Outcome outcome) {
        assertThat(outcome.status()).as("%s", outcome.problems()).isEqualTo(Status.FINISHED);
        return outcome.directory().orElseThrow().resolve("results");
    }

    /** What the neurons of a model say of sentences that the data source makes. */
    private static String neurons(String model) {
        return """
                name: samples
                model: %s
                data:
                  animals: {source: frames, frames: [the NOUN, NOUN is near, the NOUN is], nouns: [cat, dog, cow]}
                  things: {source: frames, frames: [the NOUN, NOUN is near, the NOUN is], nouns: [lamp, chair]}
                steps:
                  found:
                    use: k_prober.find_concept_neurons
                    with: {true_texts: "${data.animals}", false_texts: "${data.things}", permutations: 100,
                           length_strata: 1}
                """.formatted(model);
    }

    @Test
    void aFamilyThatDescribesGpt2GivesItsNumbersOnDataOfASource() throws IOException {
        Path gpt2 = TinyModel.gpt2(TinyModel.Size.SMALL, WORDS, 3).write(folder.resolve("gpt2"));
        Path sample = Files.createDirectory(folder.resolve("sample"));
        for (String file : List.of("model.safetensors", "tokenizer.json")) {
            Files.copy(gpt2.resolve(file), sample.resolve(file));
        }
        Files.writeString(sample.resolve("config.json"), """
                {"model_type": "sample_gpt", "width": 32, "blocks": 2, "heads": 4, "neurons": 64, "positions": 32,
                 "vocab_size": 13}
                """);
        Path expected = finished(run(neurons("gpt2")));
        Path found = finished(run(neurons("sample")));
        for (String file : List.of("found/result.json", "found/neurons.csv")) {
            assertThat(found.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
        }
    }

    @Test
    void theFamilyKeepsToWhatEveryFamilyMust() throws Exception {
        Path jar = StrangersTests.withTestLibraries(new PluginJar())
                .source(
                        "org.example.samples.SampleFamily",
                        Files.readString(Path.of("samples/model-family/SampleFamily.java")))
                .source("org.example.samples.SampleFamilyContractTest", """
                        package org.example.samples;
                        import io.arrakis.api.model.ModelFamily;
                        import io.arrakis.testkit.ModelFamilyContractTest;
                        class SampleFamilyContractTest extends ModelFamilyContractTest {
                            @Override protected ModelFamily family() { return new SampleFamily(); }
                            @Override protected String config() {
                                return "{\\"model_type\\": \\"sample_gpt\\", \\"width\\": 32, \\"blocks\\": 2, \\"heads\\": 4,"
                                        + " \\"neurons\\": 64, \\"positions\\": 32, \\"vocab_size\\": 13}";
                            }
                        }
                        """)
                .service(ModelFamily.class, "org.example.samples.SampleFamily")
                .write(folder.resolve("family.jar"));
        List<String> lines = StrangersTests.run(jar, "org.example.samples.SampleFamilyContractTest");
        assertThat(lines).hasSizeGreaterThan(8).noneMatch(line -> line.startsWith("FAILED"));
    }

    @Test
    void aKeyThatTheFamilyDoesNotReadIsAnError() throws IOException {
        Path sample = TinyModel.gpt2(TinyModel.Size.SMALL, WORDS, 3).write(folder.resolve("sample"));
        Files.writeString(sample.resolve("config.json"), """
                {"model_type": "sample_gpt", "width": 32, "blocks": 2, "heads": 4, "neurons": 64, "positions": 32,
                 "vocab_size": 13, "gate": true}
                """);
        Outcome outcome = run(neurons("sample"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems().toString()).contains("MODEL-CONFIG", "gate");
    }

    @Test
    void aSourceOfDataSaysWhatIsWrongWhereItStands() throws IOException {
        Outcome outcome = run(neurons("minilm").replace("the NOUN, NOUN is near", "the NOUN, it is near"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems())
                .anyMatch(problem -> problem.toString().contains("there is no NOUN in the frame")
                        && problem.location().line() == 4);
    }

    @Test
    void aSourceOfModelsOpensWhatLiesInNoDirectory() throws IOException {
        Path results = finished(run("""
                name: samples
                model: formula:3
                steps:
                  crowding: {use: k_prober.neuron_crowding, with: {layer_idx: 0, k_neighbors: 5}}
                """));
        assertThat(Files.readAllLines(results.resolve("crowding/neurons.csv"))).hasSize(33);
    }
}
