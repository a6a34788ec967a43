package io.arrakis.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.PlantedPlugin.AddToRows;
import io.arrakis.runtime.run.PlantedPlugin.ReadRows;
import io.arrakis.runtime.run.PlantedPlugin.ReadWeight;
import io.arrakis.runtime.run.PlantedPlugin.Shift;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentRunTest {

    private static final List<String> WORDS = List.of("the", "cat", "dog", "sat", "on", "mat", "a");
    private static final String HEAD = "name: test\nseed: 7\nmodel: ./tiny\n";
    private static final String ROWS = """
            steps:
              rows:
                use: planted.read_rows
                with:
                  layer_idx: 1
                  texts: [the cat sat, a, the dog sat on the mat]
            """;

    @TempDir
    Path temp;

    private TestExperiment experiment;

    @BeforeEach
    void model() {
        experiment = TestExperiment.in(temp).model("tiny", TinyModel.bert(TinyModel.Size.SMALL, WORDS, 1));
    }

    @Test
    void rowsAreInTheOrderOfTextAndPositionAlthoughBatchesAreByLength() {
        ReadRows.Read read = experiment.finish(HEAD + ROWS).result("rows", ReadRows.Read.class);
        assertThat(read.rows().cells("word"))
                .containsExactly("the", "cat", "sat", "a", "the", "dog", "sat", "on", "the", "mat");
        assertThat(read.rows().cells("example")).containsExactly(0L, 0L, 0L, 1L, 2L, 2L, 2L, 2L, 2L, 2L);
        assertThat(read.rows().cells("position")).containsExactly(1L, 2L, 3L, 1L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(read.rows().cells("whole")).containsOnly(true);
        assertThat(read.values().shape()).containsExactly(10, 32);
    }

    @Test
    void aTextGivesTheSameRowsAloneAsAmongOthers() {
        ReadRows.Read among = experiment.finish(HEAD + ROWS).result("rows", ReadRows.Read.class);
        ReadRows.Read alone = experiment
                .finish(HEAD + ROWS.replace("the cat sat, a, the dog sat on the mat", "a"))
                .result("rows", ReadRows.Read.class);
        float[] row = Arrays.copyOfRange(among.values().values(), 3 * 32, 4 * 32);
        for (int i = 0; i < row.length; i++) {
            assertThat(row[i]).isCloseTo(alone.values().values()[i], offset(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"each_with_special, 16", "first, 3", "last, 3", "mean, 3", "mean_with_special, 3", "max, 3"})
    void poolsAtCapture(String rows, int count) {
        ReadRows.Read each = experiment
                .finish(HEAD + ROWS + "      rows: each_with_special\n")
                .result("rows", ReadRows.Read.class);
        ReadRows.Read pooled =
                experiment.finish(HEAD + ROWS + "      rows: " + rows + "\n").result("rows", ReadRows.Read.class);
        assertThat(pooled.values().shape()).containsExactly(count, 32);
        for (int i = 0; i < 32; i++) {
            assertThat((double) pooled.values().values()[pooled.values().values().length - 32 + i])
                    .isCloseTo(expected(rows, each, i), offset(1e-6));
        }
    }

    /** Pools the last text, whose eight tokens are the last rows: [CLS], six words, [SEP]. */
    private static double expected(String rows, ReadRows.Read each, int column) {
        double[] values = new double[8];
        for (int i = 0; i < 8; i++) {
            values[i] = each.values().values()[(8 + i) * 32 + column];
        }
        double[] own = Arrays.copyOfRange(values, 1, 7);
        return switch (rows) {
            case "first" -> values[0];
            case "last" -> values[6];
            case "mean" -> Arrays.stream(own).average().orElseThrow();
            case "mean_with_special" -> Arrays.stream(values).average().orElseThrow();
            case "max" -> Arrays.stream(own).max().orElseThrow();
            default -> values[7];
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all | 0 1 2 3 4 5 6 7 8 9",
                "[1, 2] | 0 1 3 4 5",
                "{start: 2, end: 4} | 1 2 5 6",
            })
    void chosenPositionsAreThoseOfAllRows(String positions, String expected) {
        float[] all = experiment
                .finish(HEAD + ROWS)
                .result("rows", ReadRows.Read.class)
                .values()
                .values();
        String yaml = HEAD + ROWS + "      positions: " + positions + "\n";
        float[] some = experiment
                .finish(yaml)
                .result("rows", ReadRows.Read.class)
                .values()
                .values();
        String[] rows = expected.split(" ");
        assertThat(some).hasSize(rows.length * 32);
        for (int i = 0; i < some.length; i++) {
            int row = Integer.parseInt(rows[i / 32]);
            assertThat(some[i]).isCloseTo(all[row * 32 + i % 32], offset(1e-6f));
        }
    }

    @Test
    void positionsThatNoTextHasAreAnErrorAndThoseThatSomeHaveAreCounted() throws IOException {
        String few = manifest(experiment.finish(HEAD + ROWS + "      positions: [4, 6]\n"))
                .get("warnings")
                .toString();
        assertThat(few).contains("2 of 3 texts are too short to have position 6");
        Outcome outcome = experiment.run(HEAD + ROWS + "      positions: [1, 40]\n");
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.problems().toString())
                .contains("capture 'rows': no text has position 40; the longest has 8 tokens")
                .contains("positions count from 0: give at most 7, or longer texts");
    }

    /** One pass serves both steps, and each number is rounded once. */
    @Test
    void twoStepsKeepTheSameRowsInNumbersOfTheirOwn() throws IOException {
        Outcome outcome = experiment.finish(
                HEAD + ROWS + ROWS.replace("steps:\n", "").replace("rows:", "narrow:") + "      kept_as: bfloat16\n");
        assertThat(manifest(outcome).get("forward").get("passes_run").intValue())
                .isEqualTo(1);
        float[] wide = outcome.result("rows", ReadRows.Read.class).values().values();
        float[] narrow = outcome.result("narrow", ReadRows.Read.class).values().values();
        assertThat(narrow).isNotEqualTo(wide);
        for (int i = 0; i < wide.length; i++) {
            int bits = Float.floatToIntBits(wide[i]);
            assertThat(Float.floatToIntBits(narrow[i])).isEqualTo(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
        }
    }

    @Test
    void theManifestSaysHowItWentFromTheStartToTheEnd() throws IOException {
        JsonNode manifest = manifest(experiment.finish(HEAD + ROWS));
        assertThat(manifest.get("state").textValue()).isEqualTo("FINISHED");
        assertThat(manifest.get("format").intValue()).isEqualTo(1);
        assertThat(manifest.get("arguments").get("seed").intValue()).isEqualTo(7);
        assertThat(manifest.get("model").get("n_layers").intValue()).isEqualTo(2);
        assertThat(manifest.get("model").get("fingerprint").textValue()).isNotEmpty();
        assertThat(manifest.get("model").get("tokenizer").textValue()).hasSize(64);
        assertThat(manifest.get("device").get("forward").textValue()).isEqualTo("cpu");
        assertThat(manifest.get("owner").get("pid").longValue())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(manifest.get("passes")).hasSize(1);
        assertThat(manifest.get("passes").get(0).get("state").textValue()).isEqualTo("RUN");
        assertThat(manifest.get("steps").get(0).get("state").textValue()).isEqualTo("FINISHED");
        assertThat(manifest.get("warnings").get(0).get("message").textValue()).isEqualTo("read 10 rows");
        assertThat(manifest.get("versions").get("pytorch").textValue()).startsWith("2.");
        assertThat(manifest.get("versions").get("djl").textValue()).startsWith("0.");
        assertThat(manifest.get("versions").get("nd4j").textValue()).startsWith("1.0");
    }

    /** The same words under other ids are another input to the same weights. */
    @Test
    void anotherTokenizerIsAnotherRun() throws IOException {
        JsonNode first = manifest(experiment.finish(HEAD + ROWS));
        Path tokenizer = temp.resolve("tiny").resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer) + "\n");
        JsonNode second = manifest(experiment.finish(HEAD + ROWS));
        assertThat(second.at("/model/tokenizer")).isNotEqualTo(first.at("/model/tokenizer"));
        assertThat(second.get("identity")).isNotEqualTo(first.get("identity"));
        assertThat(second.at("/model/fingerprint")).isEqualTo(first.at("/model/fingerprint"));
    }

    @Test
    void aSecondRunDoesNoForwardPassAndItsManifestSaysSo() throws IOException {
        Outcome first = experiment.finish(HEAD + ROWS);
        Outcome second = experiment.finish(HEAD + ROWS);
        JsonNode forward = manifest(second).get("forward");
        assertThat(manifest(first).get("forward").get("passes_run").intValue()).isEqualTo(1);
        assertThat(forward.get("passes_run").intValue()).isZero();
        assertThat(forward.get("passes_cached").intValue()).isEqualTo(1);
        assertThat(forward.get("examples").intValue()).isZero();
        assertThat(results(second)).isEqualTo(results(first));
        assertThat(second.directory()).isNotEqualTo(first.directory());
    }

    @Test
    void withAnEmptyCacheEqualRunsGiveEqualBytes() throws IOException {
        Map<String, String> first = results(experiment.finish(HEAD + ROWS + CONTROLLED));
        AtomicFiles.remove(temp.resolve("cache"));
        assertThat(results(experiment.finish(HEAD + ROWS + CONTROLLED))).isEqualTo(first);
    }

    private static final String CONTROLLED = """
            controls:
              random_model: {seed: 3}
              layer_0: true
            """;

    @Test
    void controlsAreRunBesideTheStepAndJoinedIntoItsEvaluation() throws IOException {
        Outcome outcome = experiment.finish(HEAD + ROWS + CONTROLLED);
        ReadRows.Read own = outcome.result("rows", ReadRows.Read.class);
        ReadRows.Read random = outcome.result("rows", "random_model", ReadRows.Read.class);
        ReadRows.Read zero = outcome.result("rows", "layer_0", ReadRows.Read.class);
        assertThat(zero.layer()).isZero();
        assertThat(random.layer()).isEqualTo(1);
        assertThat(random.values()).isNotEqualTo(own.values());
        assertThat(random.rows()).isEqualTo(own.rows());
        Path csv = outcome.directory().orElseThrow().resolve("results/rows/evaluation.csv");
        assertThat(Files.readString(csv))
                .isEqualTo("id,figure,value,low,high,control,required\n"
                        + "P1,mean," + Json.number(own.mean().value()) + ",,,"
                        + Json.number(random.mean().value()) + ",\n"
                        + "P1.layer_0,mean," + Json.number(zero.mean().value()) + ",,,,\n");
    }

    @Test
    void stepsAndControlsSharePasses() throws IOException {
        String two = ROWS
                + ROWS.lines()
                        .skip(1)
                        .reduce("", (a, b) -> a + b + "\n")
                        .replace("rows:", "deeper:")
                        .replace("layer_idx: 1", "layer_idx: 2");
        JsonNode manifest = manifest(experiment.finish(HEAD + two + CONTROLLED));
        assertThat(manifest.get("passes")).hasSize(2);
        assertThat(manifest.get("passes").get(0).get("hooks"))
                .hasToString("[\"blocks.0.hook_resid_pre\",\"blocks.0.hook_resid_post\",\"blocks.1.hook_resid_post\"]");
        assertThat(manifest.get("passes").get(1).get("model").textValue()).isEqualTo("random like ./tiny (seed 3)");
    }

    @Test
    void anOperationThatReadsWeightsRunsNothing() throws IOException {
        Outcome outcome = experiment.finish(
                HEAD + "steps:\n  w:\n    use: planted.read_weight\n    with: {block: 1}\n" + CONTROLLED);
        assertThat(manifest(outcome).get("passes")).isEmpty();
        ReadWeight.Read own = outcome.result("w", ReadWeight.Read.class);
        assertThat(own.bytesRead()).isEqualTo(32 * 64 * 4);
        assertThat(outcome.result("w", "random_model", ReadWeight.Read.class).squares())
                .isNotEqualTo(own.squares());
        assertThat(outcome.directory().orElseThrow().resolve("results/w/controls/layer_0"))
                .doesNotExist();
    }

    private static final String CHAIN = """
              sum:
                use: planted.add_to_rows
                with: {rows: '${steps.rows}', add: 2}
            """;

    @Test
    void stepsReadEarlierStepsByStructureAndTheirControlsReadTheControls() {
        Outcome outcome = experiment.finish(HEAD + ROWS + CHAIN + CONTROLLED);
        for (String control : List.of("random_model", "layer_0")) {
            double mean =
                    outcome.result("rows", control, ReadRows.Read.class).mean().value();
            AddToRows.Added added = outcome.result("sum", control, AddToRows.Added.class);
            assertThat(added.sum()).isEqualTo(mean + 2);
            assertThat(added.layer()).isEqualTo(control.equals("layer_0") ? 0 : 1);
        }
    }

    @Test
    void partsOfResultsCanBeParameters() {
        Outcome outcome = experiment.finish(HEAD + """
                steps:
                  first:
                    use: planted.shift
                    with: {from: 0}
                  second:
                    use: planted.shift
                    with: {from: '${steps.first.nested.list[1]}'}
                  rows:
                    use: planted.read_rows
                    with: {layer_idx: '${steps.second.to}', texts: [cat]}
                """);
        assertThat(outcome.result("second", Shift.Shifted.class).to()).isEqualTo(2);
        assertThat(outcome.result("rows", ReadRows.Read.class).layer()).isEqualTo(2);
    }

    @Test
    void aPartThatDoesNotFitItsParameterIsSaidAtItsPlace() {
        Outcome outcome = experiment.run(HEAD + """
                steps:
                  first:
                    use: planted.shift
                    with: {from: 6}
                  rows:
                    use: planted.read_rows
                    with: {layer_idx: '${steps.first.to}', texts: [cat]}
                """);
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.problems().get(0).toString())
                .contains("experiment.yaml:10:")
                .contains("SPEC-RANGE");
    }

    @Test
    void furtherPassesThatAreNotKeptRunAgainAndLeaveNothingInTheCache() throws IOException {
        String passes =
                "steps:\n  p:\n    use: planted.run_passes\n    with: {text: the cat, declared: 3, ran: 3, kept: false}\n";
        JsonNode forward = manifest(experiment.finish(HEAD + passes)).get("forward");
        assertThat(forward.get("passes_not_kept").intValue()).isEqualTo(3);
        assertThat(forward.get("passes_run").intValue()).isZero();
        assertThat(forward.get("passes_cached").intValue()).isZero();
        assertThat(forward.get("tokens").intValue()).isEqualTo(12);
        JsonNode kept = manifest(experiment.finish(HEAD + passes.replace("kept: false", "kept: true")))
                .get("forward");
        assertThat(kept.get("passes_run").intValue())
                .as("none was in the cache")
                .isEqualTo(1);
        Outcome more = experiment.run(HEAD + passes.replace("ran: 3", "ran: 4"));
        assertThat(message(more)).contains("declared passes of at most 3 texts, and runs more");
    }

    @Test
    void furtherPassesAreCountedAndHeldToWhatWasDeclared() throws IOException {
        String passes = "steps:\n  p:\n    use: planted.run_passes\n    with: {text: the cat, declared: 2, ran: 2}\n";
        JsonNode forward = manifest(experiment.finish(HEAD + passes)).get("forward");
        assertThat(forward.get("passes_run").intValue()).isEqualTo(1);
        assertThat(forward.get("passes_cached").intValue()).isEqualTo(1); // the same pass again
        assertThat(forward.get("tokens").intValue()).isEqualTo(4);
        Outcome more = experiment.run(HEAD + passes.replace("ran: 2", "ran: 3"));
        assertThat(message(more)).contains("declared passes of at most 2 texts, and runs more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw | TOOL-FAILED | planted.misbehave of ",
                "throw | TOOL-FAILED | threw IllegalStateException: planted failure",
                "error | TOOL-FAILED | threw NoSuchMethodError: planted",
                "not_a_number | NOT-FINITE | cannot be saved: 'value' is NaN",
                "return_null | TOOL-FAILED | it returned null",
                "cancel | TOOL-FAILED | stopped by itself",
                "undeclared_capture | TOOL-FAILED | no capture 'rows' was required",
                "undeclared_passes | TOOL-FAILED | declared no further passes"
            })
    void failuresNameStepToolAndJarAndLeaveFinishedStepsIntact(String how, String code, String message)
            throws IOException {
        Outcome outcome =
                experiment.run(HEAD + ROWS + "  bad:\n    use: planted.misbehave\n    with: {how: " + how + "}\n");
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(message(outcome)).startsWith("steps.bad: error " + code).contains(message);
        Path directory = outcome.directory().orElseThrow();
        assertThat(directory.resolve("results/rows/result.json")).exists();
        assertThat(directory.resolve("results/bad")).doesNotExist();
        JsonNode manifest = manifest(outcome);
        assertThat(manifest.get("state").textValue()).isEqualTo("FAILED");
        assertThat(manifest.get("problems").get(0).get("code").textValue()).isEqualTo(code);
        assertThat(manifest.get("steps").get(1).get("state").textValue()).isEqualTo("FAILED");
        assertThat(Files.readString(directory.resolve("log.txt")))
                .contains("Exception")
                .contains("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refuse           | row 3                      | DATA-UNFIT: step 'second': it is planted",
                "refuse_parameter | experiment.yaml:10:17      | TOOL-INPUT: step 'second': how[0]: it is planted",
                "refuse_data      | data.texts                 | DATA-UNFIT: step 'second': it is planted"
            })
    void whatAToolThrowsAsItRunsSaysWhichOfTwoStepsItWas(String how, String where, String what) throws IOException {
        Outcome outcome = experiment.run(HEAD + """
                steps:
                  first:
                    use: planted.shift
                    with: {from: 1}
                  second:
                    use: planted.misbehave
                    with: {how: %s}
                """.formatted(how));
        assertThat(message(outcome)).endsWith(where + ": error " + what + "; dig it up");
        JsonNode told = manifest(outcome).get("problems").get(0);
        assertThat(told.get("where").textValue()).endsWith(where);
        assertThat(told.get("message").textValue()).contains("step 'second': ");
        assertThat(Files.readString(outcome.directory().orElseThrow().resolve("log.txt")))
                .contains("step 'second': ")
                .contains("PlantedPlugin$Misbehave.run");
    }

    @Test
    void whatAToolSaysOfADataSetIsSaidWhereAParameterNamesIt() {
        Outcome outcome = experiment.run(HEAD + """
                data: {texts: {source: inline, texts: [the cat]}}
                steps:
                  step:
                    use: planted.misbehave
                    with: {how: refuse_data, texts: "${data.texts}"}
                """);
        assertThat(message(outcome))
                .endsWith("experiment.yaml:8:37: error DATA-UNFIT: step 'step': data.texts: it is planted; dig it up");
    }

    @Test
    void whatAnOperationRefusesIsSaidAtItsLineAndNothingRuns() {
        Outcome outcome = experiment.run(HEAD + ROWS.replace("[the cat sat, a, the dog sat on the mat]", "[]"));
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(message(outcome)).contains("experiment.yaml:9:").contains("TOOL-INPUT: there are no texts");
        assertThat(outcome.directory()).isEmpty();
        assertThat(temp.resolve("runs")).doesNotExist();
    }

    @Test
    void aDeviceThatIsNotThereEndsBeforeAnythingIsMade() {
        Outcome outcome = experiment.run(HEAD + "device: gpu\n" + ROWS);
        assertThat(message(outcome)).contains("DEVICE-MISSING").contains("and no GPU");
        assertThat(temp.resolve("runs")).doesNotExist();
    }

    @Test
    void aTextWithoutATokenOfItsOwnIsNamedWhereItIsPooled() {
        Outcome outcome = experiment.run(HEAD + ROWS.replace("sat, a,", "sat, '',") + "      rows: mean\n");
        assertThat(message(outcome)).contains("DATA-UNFIT").contains("text '1' has no token of its own");
    }

    private static String message(Outcome outcome) {
        return outcome.problems().stream()
                .filter(Problem::isError)
                .map(Problem::toString)
                .findFirst()
                .orElse("no problem");
    }

    private static JsonNode manifest(Outcome outcome) throws IOException {
        return Json.read(outcome.directory().orElseThrow().resolve("manifest.json"));
    }

    private static Map<String, String> results(Outcome outcome) throws IOException {
        Path root = outcome.directory().orElseThrow().resolve("results");
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        assertThat(contents).isNotEmpty();
        return contents;
    }
}
