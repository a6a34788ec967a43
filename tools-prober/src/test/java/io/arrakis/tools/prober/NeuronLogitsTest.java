package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Table;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.TinyModel;
import io.arrakis.testkit.TinyTensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that neurons promote and suppress: planted ones, and those that Hugging Face's modules give. */
class NeuronLogitsTest extends OnExperiment {

    private static final int WIDTH = 32;
    private static final List<String> WORDS = IntStream.range(0, 60)
            .mapToObj(i -> "w" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
            .toList();

    private static String yaml(String with) {
        return """
                name: logits
                model: ./planted
                steps:
                  logits:
                    use: k_prober.neuron_logits
                    with: {matched: 40, %s}
                """.formatted(with);
    }

    private LogitEffects logits(TinyModel model, String with) {
        experiment.model("planted", model);
        return experiment.finish(yaml(with)).result("logits", LogitEffects.class);
    }

    private static TinyModel model() {
        return TinyModel.gpt2(new TinyModel.Size(2, WIDTH, 4, 64, 16), WORDS, 3);
    }

    /** Neuron 5 of block 1 writes dimension 7, which "waa" reads and "wab" reads the other way. */
    private static TinyModel planted() {
        TinyModel model = model();
        TinyTensor embedding = model.tensor("wte.weight");
        for (String word : WORDS) {
            embedding.set(model.id(word), 7, word.equals("waa") ? 4 : word.equals("wab") ? -3 : 0);
        }
        model.tensor("h.1.mlp.c_proj.weight").setRow(5, axis(7));
        return model;
    }

    private static double[] axis(int at) {
        double[] vector = new double[WIDTH];
        vector[at] = 1;
        return vector;
    }

    @Test
    void namesTheTokensThatAPlantedNeuronWritesFor() {
        LogitEffects found = logits(planted(), "top: 3, neurons: [[1, 6], [1, 5]]");
        assertThat(found.neurons().cells("neuron")).containsExactly(6L, 5L);
        assertThat((String) found.neurons().cells("promoted").get(1)).startsWith("waa ");
        assertThat((String) found.neurons().cells("suppressed").get(1)).startsWith("wab ");
        assertThat((Double) found.neurons().cells("kurtosis").get(1)).isGreaterThan(10);
        assertThat((Double) found.neurons().cells("p").get(1)).isCloseTo(1 / 41.0, within(1e-12));
        assertThat((Double) found.neurons().cells("p").get(0)).isGreaterThan(0.05);
        assertThat(found.peaked()).isEqualTo(1);
        assertThat(found.tokens().cells("side"))
                .containsExactly(
                        Stream.concat(sides().stream(), sides().stream()).toArray());
        assertThat((Double) found.tokens().cells("deviations").get(6))
                .isGreaterThan(1.5 * (Double) found.tokens().cells("matched").get(6));
        assertThat(found.warnings()).isEmpty();
    }

    private static List<String> sides() {
        return List.of("promoted", "promoted", "promoted", "suppressed", "suppressed", "suppressed");
    }

    @Test
    void weighsWhatIsWrittenAsTheLastNormDoes() {
        TinyModel model = planted();
        model.tensor("ln_f.weight").values()[7] = -1;
        LogitEffects found = logits(model, "top: 1, neurons: [[1, 5]]");
        assertThat(found.neurons().cells("promoted")).containsExactly("wab");
        assertThat(found.neurons().cells("suppressed")).containsExactly("waa");
    }

    @Test
    void saysThatANeuronWritesOnlyWhatTheNormSubtracts() {
        TinyModel model = planted();
        for (int i = 0; i < WIDTH; i++) {
            model.tensor("h.1.mlp.c_proj.weight").set(9, i, 0.3);
        }
        LogitEffects found = logits(model, "neurons: [[1, 9], [1, 5]]");
        assertThat(found.neurons().cells("neuron")).containsExactly(5L);
        assertThat(found.warnings())
                .containsExactly("neuron [1, 9] writes nothing that the unembedding reads, and has no row");
    }

    @Test
    void holdsANeuronAgainstNoneWhereOthersWriteNothing() {
        TinyModel model = model();
        model.tensor("h.1.mlp.c_proj.weight").fill(0);
        model.tensor("h.1.mlp.c_proj.weight").setRow(5, axis(7));
        LogitEffects found = logits(model, "neurons: [[1, 5], [1, 6]]");
        assertThat(found.neurons().cells("p")).containsExactly(1.0);
        assertThat(found.neurons().cells("kurtosis_matched").get(0)).isNull();
        assertThat(found.peaked()).isZero();
        assertThat(found.warnings())
                .containsExactly(
                        "neuron [1, 6] writes nothing that the unembedding reads, and has no row",
                        "no other neuron of block 1 writes anything: [1, 5] is held against none");
    }

    @ParameterizedTest
    @CsvSource({
        "h.1.mlp.c_proj.weight, blocks.1.mlp.W_out: error NOT-FINITE: step 'logits': number 3 is NaN",
        "ln_f.weight, ln_final.w: error NOT-FINITE: step 'logits': number 3 is NaN",
        "wte.weight, unembed.W_U: error NOT-FINITE: step 'logits': what is added to token 0 is NaN"
    })
    void namesTheWeightThatIsNaN(String tensor, String message) {
        TinyModel model = planted();
        model.tensor(tensor).values()[3] = Float.NaN;
        experiment.model("planted", model);
        fails(yaml("neurons: [[1, 5]]"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            neurons: []                   | neurons
            neurons: [[2, 0]]             | layer
            neurons: [[1, 64]]            | neuron 64, but blocks of model './planted' have neurons 0 to 63
            neurons: [[1, 3], [1, 3]]     | a neuron is given twice
            neurons: [[1, 3]], matched: 5 | matched
            neurons: [[1, 3]], top: 0     | top
            neurons: [[1, 3]], matched: 64 | matched 64, but a neuron of model './planted' has 63 others in its block
            """)
    void saysWhatIsWrong(String with, String message) {
        experiment.model("planted", planted());
        refuses(yaml(with).replace("matched: 40, " + with, with), message);
    }

    @Test
    void refusesModelsWithoutAHead() {
        experiment.model("planted", PlantedBert.ofConcept(List.of("wren"), List.of("spoon")));
        refuses(yaml("neurons: [[1, 3]]"), "model './planted' does not predict the next token");
    }

    /**
     * What make_neuron_logits.py found.
     *
     * @param fields family, layer, neuron, three moments, tokens and effects of both sides
     */
    record Reference(List<String> fields) {

        String family() {
            return fields.get(0);
        }

        String neuron() {
            return "[" + fields.get(1) + ", " + fields.get(2) + "]";
        }

        double[] effects(int field) {
            return Stream.of(fields.get(field).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        @Override
        public String toString() {
            return family() + neuron();
        }
    }

    static List<Reference> references() throws IOException {
        try (InputStream file = NeuronLogitsTest.class.getResourceAsStream("neuron_logits.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> new Reference(List.of(line.split("\t"))))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesWithTransformersInEveryFamily(Reference reference) throws IOException {
        Goldens.FAMILIES.copy(reference.family(), Files.createDirectory(temp.resolve("planted")));
        LogitEffects found = experiment
                .finish(yaml("top: 5, neurons: [" + reference.neuron() + "]"))
                .result("logits", LogitEffects.class);
        List<String> moments = List.of("spread", "skewness", "kurtosis");
        for (int i = 0; i < moments.size(); i++) {
            double expected = Double.parseDouble(reference.fields().get(3 + i));
            assertThat((Double) found.neurons().cells(moments.get(i)).get(0)).isCloseTo(expected, within(1e-5));
        }
        assertThat(found.neurons().cells("promoted"))
                .containsExactly(reference.fields().get(6));
        assertThat(found.neurons().cells("suppressed"))
                .containsExactly(reference.fields().get(8));
        List<Double> effects = new ArrayList<>();
        for (int side : new int[] {7, 9}) {
            for (double effect : reference.effects(side)) {
                effects.add(effect);
            }
        }
        assertEffects(found.tokens(), effects);
    }

    private static void assertEffects(Table tokens, List<Double> expected) {
        assertThat(tokens.cells("effect")).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat((Double) tokens.cells("effect").get(i)).isCloseTo(expected.get(i), within(1e-5));
        }
    }
}
