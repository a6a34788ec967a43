package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.runtime.spec.SamplePlugin.EveryForm.Pair;
import io.arrakis.runtime.spec.SamplePlugin.EveryForm.Params;
import io.arrakis.runtime.spec.SamplePlugin.Neuron;
import io.arrakis.runtime.spec.SamplePlugin.Options;
import io.arrakis.runtime.spec.SamplePlugin.Threshold;
import io.arrakis.runtime.spec.form.Bound;
import io.arrakis.runtime.spec.form.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of every form, as they are written and as they are read. What is refused stands in {@code forms.cases}. */
class ParameterFormsTest {

    private static final Params DEFAULTS = new Params(
            50,
            7,
            0.5,
            0.25f,
            false,
            "no",
            "ab",
            Rows.EACH,
            Optional.empty(),
            List.of(1, 2),
            Map.of("a", 1.5),
            Optional.empty(),
            new Options(true, Optional.empty()),
            new Threshold.Fixed(0.7),
            new Neuron(0, 1),
            new Layers.All(),
            List.of(new Pair("good", "bad")),
            new TokenSet.Words(List.of("cat", "12")),
            new TextSet.Listed(List.of("a text")));

    @TempDir
    private Path directory;

    @Test
    void takesTheDefaultOfEveryParameter() {
        assertThat(Specs.everyForm(directory, "").record()).contains(DEFAULTS);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                value("whole: 1000", Params::whole, 1000),
                value("whole: 1", Params::whole, 1),
                value("big: -9223372036854775808", Params::big, Long.MIN_VALUE),
                value("big: -0", Params::big, 0L),
                value("real: 0", Params::real, 0.0),
                value("real: 1e-3", Params::real, 1e-3),
                value("real: .5", Params::real, 0.5),
                value("real: +2.", Params::real, 2.0),
                value("single: 0.1", Params::single, 0.1f),
                value("flag: true", Params::flag, true),
                value("flag: FALSE", Params::flag, false),
                value("text: on", Params::text, "on"),
                value("text: 012", Params::text, "012"),
                value("text: null", Params::text, "null"),
                value("text: 1.50", Params::text, "1.50"),
                value("text: 'it''s'", Params::text, "it's"),
                value("text: '$${data.d}'", Params::text, "${data.d}"),
                value("text: costs $5", Params::text, "costs $5"),
                value("letters: cab", Params::letters, "cab"),
                value("rows: mean_with_special", Params::rows, Rows.MEAN_WITH_SPECIAL),
                value("rows: \"last\"", Params::rows, Rows.LAST),
                value("numbers: [0]", Params::numbers, List.of(0)),
                value("weights: {}", Params::weights, Map.of()),
                value("weights: {no: 1, on: 2.5}", Params::weights, Map.of("no", 1.0, "on", 2.5)),
                value("maybe: 3", Params::maybe, Optional.of(3)),
                value("options: {centre: false}", Params::options, new Options(false, Optional.empty())),
                value("options: {scale: 2}", Params::options, new Options(true, Optional.of(2.0))),
                value("threshold: 1", Params::threshold, new Threshold.Fixed(1)),
                value("threshold: never", Params::threshold, new Threshold.Never()),
                value("threshold: {false_positive_rate: 0.01}", Params::threshold, new Threshold.Calibrated(0.01)),
                value("neuron: [3, 17]", Params::neuron, new Neuron(3, 17)),
                value("neuron: {neuron: 17, layer: 3}", Params::neuron, new Neuron(3, 17)),
                value("layers: 2", Params::layers, new Layers.One(2)),
                value("layers: [0, 2]", Params::layers, new Layers.Some(List.of(0, 2))),
                value("layers: all", Params::layers, new Layers.All()),
                value("pairs: [[no, 'on']]", Params::pairs, List.of(new Pair("no", "on"))),
                value("pairs: []", Params::pairs, List.of()),
                value("tokens: [12, 7]", Params::tokens, new TokenSet.Ids(List.of(12, 7))),
                value("tokens: [12, '7']", Params::tokens, new TokenSet.Words(List.of("12", "7"))),
                value("tokens: ['12']", Params::tokens, new TokenSet.Words(List.of("12"))),
                value("tokens: [012, 1_0, 0x1]", Params::tokens, new TokenSet.Words(List.of("012", "1_0", "0x1"))),
                value("tokens: [no, true]", Params::tokens, new TokenSet.Words(List.of("no", "true"))),
                value("tokens: \"${data.d}\"", Params::tokens, new TokenSet.OfData(new DataRef("d"))),
                value("texts: [one, two]", Params::texts, new TextSet.Listed(List.of("one", "two"))),
                value("texts: \"${ data.d }\"", Params::texts, new TextSet.OfData(new DataRef("d"))));
    }

    private static Arguments value(String written, Function<Params, Object> part, Object expected) {
        return Arguments.of(written, part, expected);
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsWhatWasWritten(String written, Function<Params, Object> part, Object expected) {
        Bound bound = Specs.everyForm(directory, "{" + written + "}");

        assertThat(part.apply((Params) bound.record().orElseThrow())).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("values")
    void givesBackThePlainValuesOfARecord(String written, Function<Params, Object> part, Object expected) {
        Bound bound = Specs.everyForm(directory, "{" + written + "}");
        Parameters parameters = Parameters.of(Params.class);

        assertThat(parameters.plain(bound.record().orElseThrow())).isEqualTo(bound.plain());
        assertThat(part.apply((Params) bound.record().orElseThrow())).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsTheResolvedExperimentToTheSameValues(String written, Function<Params, Object> part, Object expected) {
        String yaml = "model: minilm\ndata: {d: {source: inline, texts: [x]}}\nsteps:\n"
                + "  d: {use: sample.find_best}\n  s: {use: sample.every_form, with: {" + written + "}}\n";
        Experiment first = Specs.read(directory, yaml).experiment();
        Experiment second = Specs.read(directory, first.yaml()).experiment();

        assertThat(second.steps().get("s").parameters().record())
                .isEqualTo(first.steps().get("s").parameters().record());
        assertThat(second.yaml()).isEqualTo(first.yaml());
        assertThat(part.apply(
                        (Params) second.steps().get("s").parameters().record().orElseThrow()))
                .isEqualTo(expected);
    }

    @Test
    void findsFilesBesideTheExperiment() throws IOException {
        Path file = Files.writeString(directory.resolve("a file.txt"), "text");

        Params params = (Params)
                Specs.everyForm(directory, "{file: a file.txt}").record().orElseThrow();

        assertThat(params.file()).contains(file.toAbsolutePath());
    }

    @Test
    void locatesPartsOfParameters() {
        Bound bound = Specs.everyForm(directory, "{numbers: [3, 4], options: {centre: false}}");

        assertThat(bound.locate("numbers[1]").column()).isEqualTo(51);
        assertThat(bound.locate("numbers[7]")).isEqualTo(bound.locate("numbers"));
        assertThat(bound.locate("options.centre").column()).isEqualTo(73);
        assertThat(bound.locate("options.scale")).isEqualTo(bound.locate("options"));
        assertThat(bound.locate("whole")).isEqualTo(bound.locate("anything"));
    }
}
