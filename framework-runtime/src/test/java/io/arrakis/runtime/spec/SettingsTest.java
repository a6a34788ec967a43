package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.spec.SamplePlugin.EveryForm.Params;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String YAML = """
            model: minilm
            seed: 5
            data:
              d: {source: inline, texts: [one, two, three], limit: 2}
            steps:
              s: {use: sample.every_form, with: {numbers: [1, 2], text: old}}
              f: {use: sample.find_best}
            """;

    @TempDir
    private Path directory;

    private Params params(String... settings) {
        return (Params) Specs.read(directory, YAML, settings)
                .experiment()
                .steps()
                .get("s")
                .parameters()
                .record()
                .orElseThrow();
    }

    @Test
    void overridesByPresenceWhateverTheValue() {
        Experiment experiment =
                Specs.read(directory, YAML, "seed=0", "model=other", "name=x").experiment();

        assertThat(experiment.seed()).isZero();
        assertThat(experiment.name()).isEqualTo("x");
        assertThat(params("steps.s.with.text=new", "steps.s.with.flag=true", "steps.s.with.options.centre=false"))
                .extracting(
                        Params::text, Params::flag, params -> params.options().centre())
                .containsExactly("new", true, false);
    }

    @Test
    void setsEntriesOfListsAndWholeLists() {
        assertThat(params("steps.s.with.numbers[1]=9").numbers()).containsExactly(1, 9);
        assertThat(params("steps.s.with.numbers=[7]").numbers()).containsExactly(7);
    }

    @Test
    void takesTheLastOfSeveral() {
        assertThat(params("steps.s.with.whole=1", "steps.s.with.whole=2").whole())
                .isEqualTo(2);
    }

    @Test
    void readsAValueWithEqualsSignsAndColons() {
        assertThat(params("steps.s.with.text=a=b:c").text()).isEqualTo("a=b:c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    steps.s.with.whole=many | --set steps.s.with.whole: error SPEC-TYPE: whole must be a whole number from 1 to 1000, not 'many'
                    steps.s.with.hole=3     | --set steps.s.with.hole: error SPEC-UNKNOWN-KEY: sample.every_form has no option 'hole'; did you mean 'whole'? options: big, file, flag, maybe, real, rows, single, text, tokens, whole and 9 more
                    steps.t.with.whole=3    | --set steps.t.with.whole: error SPEC-MISSING-KEY: step 't' needs the key 'use'; add 'use: TOOL.OPERATION'
                    sed=3                   | --set sed: error SPEC-UNKNOWN-KEY: the experiment has no key 'sed'; did you mean 'seed'? keys: controls, data, device, dtype, model, name, seed, steps, sweep, threads
                    seed.x=3                | --set seed.x: error USAGE: 'seed' is '5', which has no x
                    steps.s.with.numbers[2]=3 | --set steps.s.with.numbers[2]: error USAGE: the list has 2 entries, and no [2]
                    steps.s.with.text[0]=3  | --set steps.s.with.text[0]: error USAGE: 'steps.s.with.text' is 'old', which has no [0]
                    steps..s=3              | --set steps..s: error USAGE: 'steps..s' is not a path; write keys with dots between them, such as steps.senses.with.layer_idx
                    threads=                | --set threads: error SPEC-TYPE: threads must be a whole number from 1 to 256, not nothing
                    device=[                | --set device: error SPEC-SYNTAX: a bracket is not closed; add the closing bracket
                    """)
    void pointsAtTheCommandLine(String setting, String problem) {
        assertThat(Specs.read(directory, YAML, setting).problems())
                .extracting(Problem::toString)
                .containsExactly(problem);
    }

    @Test
    void refusesSettingsThatAreNoneAndStillReadsTheOthers() {
        assertThat(Specs.read(directory, YAML, "seed", "threads=many", "=3").problems())
                .extracting(problem -> problem.location() + ": " + problem.message())
                .containsExactly(
                        "--set seed: a path and a value must stand here",
                        "--set =3: a path and a value must stand here",
                        "--set threads: threads must be a whole number from 1 to 256, not 'many'");
    }

    @Test
    void pointsAtAnOptionOfItsOwn() throws IOException {
        Path file = Files.writeString(directory.resolve("e.yaml"), YAML);
        List<Setting> settings = List.of(Setting.option("--device", "device", "tpu"));

        assertThat(new ExperimentReader(Specs.VOCABULARY, ModelLookup.NONE)
                        .read(new ExperimentReader.Request(file, settings, OptionalInt.empty()))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("--device: error SPEC-CHOICE: device cannot be 'tpu'; write auto, cpu, gpu or gpu:N");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "9,2"})
    void limitsEveryDataSetToTheSmallerNumber(int limit, int size) throws IOException {
        Path file = Files.writeString(directory.resolve("e.yaml"), YAML);

        Experiment experiment = new ExperimentReader(Specs.VOCABULARY, ModelLookup.NONE)
                .read(new ExperimentReader.Request(file, List.of(), OptionalInt.of(limit)))
                .experiment();

        assertThat(experiment.data().get("d").open(0)).hasSize(size);
        assertThat(experiment.yaml()).contains("limit: " + size);
    }
}
