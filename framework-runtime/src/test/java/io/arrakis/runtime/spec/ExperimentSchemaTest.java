package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the schema against a validator that others wrote. */
class ExperimentSchemaTest {

    private static final String TEXT = ExperimentSchema.of(Specs.VOCABULARY);
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(TEXT);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final String HEAD =
            "model: minilm\ndata: {d: {source: inline, texts: [x]}}\nsteps:\n  d: {use: sample.find_best}\n";

    @TempDir
    private Path directory;

    private static Set<ValidationMessage> validate(String yaml) throws IOException {
        JsonNode tree = YAML.readTree(yaml);
        return SCHEMA.validate(tree);
    }

    @Test
    void isItselfAValidSchema() {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(TEXT, InputFormat.JSON)).isEmpty();
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(ExperimentSchema.of(Specs.VOCABULARY)).isEqualTo(TEXT);
    }

    @Test
    void tellsDescriptionsRangesAndDefaults() throws IOException {
        JsonNode step = new ObjectMapper().readTree(TEXT).at("/properties/steps/additionalProperties/allOf");
        JsonNode whole = stepOf(step, "sample.every_form").at("/then/properties/with/properties/whole");

        assertThat(whole.at("/description").asText()).isEqualTo("An int.");
        assertThat(whole.at("/default").asInt()).isEqualTo(50);
        assertThat(whole.at("/anyOf/0/minimum").asInt()).isEqualTo(1);
        assertThat(whole.at("/anyOf/0/maximum").asInt()).isEqualTo(1000);
        assertThat(whole.at("/anyOf/1/pattern").asText()).startsWith("^\\$\\{");
    }

    private static JsonNode stepOf(JsonNode cases, String name) {
        for (JsonNode one : cases) {
            if (one.at("/if/properties/use/const").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no " + name);
    }

    static Stream<String> goodValues() {
        return ParameterFormsTest.values()
                .map(arguments -> (String) arguments.get()[0])
                .filter(value ->
                        !value.equals("flag: FALSE")); // a boolean of the core schema that Jackson takes for text
    }

    @ParameterizedTest
    @MethodSource("goodValues")
    void acceptsWhatIsRead(String value) throws IOException {
        assertThat(validate(HEAD + "  s: {use: sample.every_form, with: {" + value + "}}\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole: \"${steps.d.rank}\"",
                "numbers: [1, \"${steps.d.rank}\"]",
                "neuron: \"${steps.d.best}\"",
                "options: {scale: \"${steps.d.scores.cat}\"}",
                "flag: \"${steps.d.label}\"",
                "weights: {a: \"${steps.d.scores.cat}\"}",
                "threshold: \"${steps.d.scores.cat}\""
            })
    void acceptsReferencesBesideEveryType(String value) throws IOException {
        assertThat(validate(HEAD + "  s: {use: sample.every_form, with: {" + value + "}}\n"))
                .isEmpty();
        assertThat(Specs.read(directory, HEAD + "  s: {use: sample.every_form, with: {" + value + "}}\n")
                        .problems())
                .isEmpty();
    }

    @Test
    void acceptsResolvedExperiments() throws IOException {
        Files.writeString(directory.resolve("w.txt"), "x");
        String yaml = HEAD + "  s: {use: sample.every_form, with: {file: w.txt}, controls: {random_model: {seed: 2}}}\n"
                + "  t: {use: sample.score, with: {layer_idx: 3}}\n";

        assertThat(validate(Specs.read(directory, yaml).experiment().yaml())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grid: {steps.s.with.whole: [1, 2], seed: {range: [1, 5]}}",
                "zip: {steps.s.with.whole: [1, 2], seed: {range: [1, 2]}}",
                "list: [{seed: 1}, {seed: 2, threads: 1}]",
                "random: {samples: 3, seed: 1, steps.s.with.real: {log_uniform: [0.1, 1]}, threads: {choice: [1, 2]}}"
            })
    void acceptsSweepsThatAreRead(String sweep) throws IOException {
        String yaml = HEAD + "  s: {use: sample.every_form}\nsweep: {" + sweep + "}\n";
        assertThat(validate(yaml)).isEmpty();
        assertThat(readSweep(yaml).problems().stream().filter(problem -> problem.isError()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grids: {seed: [1]}",
                "grid: {}",
                "grid: {seed: 3}",
                "grid: {seed: []}",
                "grid: {seed: {range: [1]}}",
                "list: []",
                "list: [3]",
                "random: {seed: 1, threads: {int: [1, 2]}}",
                "random: {samples: 0, threads: {int: [1, 2]}}",
                "random: {samples: 2, threads: {integer: [1, 2]}}",
                "random: {samples: 2, threads: {int: [1, 2, 3]}}"
            })
    void refusesSweepsThatAreRefused(String sweep) throws IOException {
        String yaml = HEAD + "  s: {use: sample.every_form}\nsweep: {" + sweep + "}\n";
        assertThat(validate(yaml)).isNotEmpty();
        assertThat(readSweep(yaml).hasErrors()).isTrue();
    }

    private CheckedSweep readSweep(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("sweep.yaml"), yaml);
        return new ExperimentReader(Specs.VOCABULARY, ModelLookup.NONE).readSweep(ExperimentReader.Request.of(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "model: minilm",
                "steps: {a: {use: sample.every_form}}",
                "{model: minilm, seed: x, steps: {a: {use: sample.every_form}}}",
                "{model: minilm, device: tpu, steps: {a: {use: sample.every_form}}}",
                "{model: minilm, threads: 0, steps: {a: {use: sample.every_form}}}",
                "{model: {random: {seed: 1}}, steps: {a: {use: sample.every_form}}}",
                "{model: minilm, modell: x, steps: {a: {use: sample.every_form}}}",
                "{model: minilm, steps: {a: {use: sample.nothing}}}",
                "{model: minilm, steps: {a: {uses: sample.every_form}}}",
                "{model: minilm, steps: {1a: {use: sample.every_form}}}",
                "{model: minilm, steps: {a: {use: sample.score}}}",
                "{model: minilm, steps: {a: {use: sample.score, with: {layer_idx: -1}}}}",
                "{model: minilm, steps: {a: {use: sample.score, with: {layer: 1}}}}",
                "{model: minilm, steps: {a: {use: sample.every_form, wiht: {}}}}",
                "{model: minilm, data: {d: {source: nowhere}}, steps: {a: {use: sample.every_form}}}",
                "{model: minilm, data: {d: {source: inline, path: x}}, steps: {a: {use: sample.every_form}}}",
                "{model: minilm, data: {d: {source: text}}, steps: {a: {use: sample.every_form}}}",
                "{model: minilm, data: {d: {source: inline, limit: 0}}, steps: {a: {use: sample.every_form}}}"
            })
    void refusesWhatIsRefused(String yaml) throws IOException {
        assertThat(validate(yaml)).isNotEmpty();
        assertThat(Specs.read(directory, yaml).hasErrors()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole: many",
                "whole: 0",
                "whole: 1001",
                "real: -1",
                "flag: maybe",
                "letters: xyz",
                "rows: some",
                "numbers: []",
                "numbers: [1, 2, 3, 4]",
                "numbers: [-1]",
                "weights: {a: b}",
                "options: {center: true}",
                "threshold: 1.5",
                "threshold: {false_positive_rate: 0}",
                "neuron: [1]",
                "neuron: [0, -1]",
                "layers: some",
                "pairs: [[a]]",
                "tokens: cat",
                "unknown: 1"
            })
    void refusesValuesThatAreRefused(String value) throws IOException {
        String yaml = HEAD + "  s: {use: sample.every_form, with: {" + value + "}}\n";

        assertThat(validate(yaml)).isNotEmpty();
        assertThat(Specs.read(directory, yaml).hasErrors()).isTrue();
    }

    @Test
    void hasDescriptionsWhoseExamplesCanBePasted() throws IOException {
        Files.createDirectories(directory.resolve("path/to"));
        Files.writeString(directory.resolve("path/to/file"), "text");
        List<String> examples = Specs.VOCABULARY.catalog().tool("sample").orElseThrow().operations().values().stream()
                .map(operation -> OperationDescription.of(operation, Specs.VOCABULARY)
                        .example()
                        .replaceAll("\\$\\{data\\.\\w+}", "\\${data.d}"))
                .toList();

        for (String example : examples) {
            String yaml = "model: minilm\ndata: {d: {source: inline, texts: [x]}}\n" + example;
            assertThat(Specs.read(directory, yaml).problems().stream().filter(problem -> problem.isError()))
                    .as(example)
                    .isEmpty();
            String all = yaml.replaceAll("(?m)^( *)# ", "$1").replace("${steps.NAME}", "${steps.f}")
                    + "  f: {use: sample.find_best, with: {texts: \"${data.d}\"}}\n";
            assertThat(Specs.read(directory, all).problems()).as(all).isEmpty();
        }
    }

    @Test
    void describesAnOperation() {
        OperationDescription score = OperationDescription.of(
                Specs.VOCABULARY.catalog().operation("sample.score").orElseThrow(), Specs.VOCABULARY);

        assertThat(score.summary()).isEqualTo("Scores words.");
        assertThat(score.parameters())
                .extracting(p -> p.name() + ": " + p.type() + " = " + p.defaultValue())
                .containsExactly(
                        "layer_idx: the number of a residual layer = Optional.empty",
                        "k_neighbors: a whole number at least 1 = Optional[50]",
                        "contexts: a data set = Optional.empty");
        assertThat(score.example()).isEqualTo("""
                        steps:
                          score:
                            use: sample.score
                            with:
                              layer_idx: 2
                              # k_neighbors: 50
                              contexts: ${data.contexts}
                        """);
    }
}
