package io.arrakis.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.PlantedPlugin.ReadRows;
import io.arrakis.runtime.run.PlantedPlugin.RunPasses;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an experiment writes under {@code interventions} happens in the step's forward passes, and nowhere else. */
class StepChangesTest {

    private static final int WIDTH = 32;
    private static final List<String> WORDS = List.of("the", "cat", "dog", "sat", "on", "mat", "a");
    private static final String HEAD = """
            name: test
            seed: 7
            model: ./tiny
            data:
              others: {source: inline, texts: [the dog, a mat on a mat, sat]}
            steps:
              others:
                use: planted.read_rows
                with: {layer_idx: 1, texts: "${data.others}"}
            """;
    private static final String ROWS = """
              rows:
                use: planted.read_rows
                with: {layer_idx: 1, texts: [the cat sat, a, dog on mat]}
            """;

    private static final String PASSES = """
              rows:
                use: planted.run_passes
                with: {text: the cat, declared: 1, ran: 1}
            """;

    private static final String EDITS = "scale, set, add, mean, resample, patch, or the word 'zero'";

    @TempDir
    private Path temp;

    private TestExperiment experiment;

    @BeforeEach
    void model() {
        experiment = TestExperiment.in(temp).model("tiny", TinyModel.bert(TinyModel.Size.SMALL, WORDS, 1));
    }

    private float[] rows(String interventions) {
        return read(experiment.finish(HEAD + ROWS + interventions), "rows");
    }

    private static float[] read(Outcome outcome, String step) {
        return outcome.result(step, ReadRows.Read.class).values().values();
    }

    private static String one(String change) {
        return "    interventions:\n      - " + change + "\n";
    }

    private static float[] row(float[] rows, int row) {
        return Arrays.copyOfRange(rows, row * WIDTH, (row + 1) * WIDTH);
    }

    @Test
    void zeroScaleSetAndAddChangeWhatIsRead() {
        float[] plain = rows("");
        assertThat(rows(one("{at: blocks.0.hook_resid_post, edit: zero}"))).containsOnly(0f);
        float[] halved = rows(one("{at: blocks.0.hook_resid_post, edit: {scale: 0.5}}"));
        float[] raised = rows(one("{at: blocks.0.hook_resid_post, edit: {add: 2}}"));
        assertThat(rows(one("{at: blocks.0.hook_resid_post, edit: {set: 1.5}}")))
                .containsOnly(1.5f);
        for (int i = 0; i < plain.length; i++) {
            assertThat(halved[i]).isEqualTo(plain[i] * 0.5f);
            assertThat(raised[i]).isEqualTo(plain[i] + 2);
        }
    }

    @Test
    void changesStayWithinUnitsAndPositions() {
        float[] plain = rows("");
        float[] units = rows(one("{at: blocks.0.hook_resid_post, units: [3, 0], edit: {set: [8, 9]}}"));
        // Positions count special tokens: the first token of a text's own is 1.
        float[] first = rows(one("{at: blocks.0.hook_resid_post, positions: [1], edit: zero}"));
        for (int row = 0; row < 7; row++) {
            for (int i = 0; i < WIDTH; i++) {
                int at = row * WIDTH + i;
                assertThat(units[at]).isEqualTo(i == 3 ? 8 : i == 0 ? 9 : plain[at]);
                boolean begins = row == 0 || row == 3 || row == 4;
                assertThat(first[at]).isEqualTo(begins ? 0 : plain[at]);
            }
        }
        assertThat(rows(one("{at: blocks.0.hook_resid_post, positions: last, edit: zero}")))
                .isEqualTo(plain); // the last token is special
    }

    /** With special tokens the texts have 5, 3 and 5 tokens. */
    @ParameterizedTest
    @CsvSource({
        "'[4]', '1 of 3', ''",
        "'[0, 3]', '1 of 3 texts are too short to have position 3, and are not changed there', ''",
        "'{start: 3, end: 90}', '1 of 3 texts are too short to have a position from 3, and', ''",
        "'{start: 1, end: 90}', '', ''",
        "'[2]', '', ''",
        "last, '', ''",
        "'[5]', '', :14:51: error TOOL-INPUT: interventions[0]: no text has position 5; the longest has 5 tokens",
        "'[1, 40]', '', no text has position 40; the longest has 5 tokens",
        "'{start: 5, end: 6}', '', 'a position from 5; the longest has 5 tokens, special tokens counted; positions count from 0:"
                + " give at most 4, or longer texts'"
    })
    void positionsThatNoTextHasAreAnErrorAndThoseThatSomeHaveAreCounted(String positions, String warning, String error)
            throws IOException {
        String change = one("{at: blocks.0.hook_resid_post, positions: " + positions + ", edit: zero}");
        Outcome outcome = experiment.run(HEAD + ROWS.replace("a, dog on mat", "a, the dog sat") + change);
        String problems = outcome.problems().toString();
        assertThat(outcome.status()).as(problems).isEqualTo(error.isEmpty() ? Status.FINISHED : Status.FAILED);
        assertThat(problems).contains(error);
        String warnings = manifest(outcome).get("warnings").toString();
        assertThat(warnings).contains(warning);
        assertThat(warnings.contains("texts are too short")).isEqualTo(!warning.isEmpty());
    }

    @Test
    void positionsAreHeldAgainstThePassesThatAnOperationRunsItself() {
        String change = one("{at: blocks.0.mlp.hook_post, positions: [4], edit: zero}");
        Outcome outcome = experiment.run(HEAD + PASSES + change);
        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.problems().toString()).contains("no text has position 4; the longest has 4 tokens");
        assertThat(experiment.run(HEAD + PASSES + change.replace("[4]", "[3]")).status())
                .isEqualTo(Status.FINISHED);
    }

    @Test
    void severalChangesAtSeveralHookPointsApplyInOrder() {
        String both = """
                    interventions:
                      - {at: "blocks.{0,1}.attn.hook_z", heads: [0, 1], edit: zero}
                      - {at: blocks.0.attn.hook_z, heads: [2, 3], edit: {scale: 0}}
                """;
        assertThat(rows(both)).isEqualTo(rows(one("{at: blocks.0.attn.hook_z, edit: zero}")));
        String order = """
                    interventions:
                      - {at: blocks.0.hook_resid_post, edit: {set: 2}}
                      - {at: blocks.0.hook_resid_post, edit: {scale: 3}}
                """;
        assertThat(rows(order)).containsOnly(6f);
    }

    @Test
    void aMeanIsThatOfTheTokensOfADataSet() {
        Outcome outcome = experiment.finish(
                HEAD + ROWS + one("{at: blocks.0.hook_resid_post, edit: {mean: \"${data.others}\"}}"));
        float[] others = read(outcome, "others");
        float[] changed = read(outcome, "rows");
        int count = others.length / WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            double mean = 0;
            for (int row = 0; row < count; row++) {
                mean += others[row * WIDTH + i] / (double) count;
            }
            for (int row = 0; row < 7; row++) {
                assertThat((double) changed[row * WIDTH + i]).isCloseTo(mean, within(1e-6));
            }
        }
    }

    @Test
    void aDrawnTokenIsOneOfTheDataSetAndTheSameForTheSameSeed() {
        String drawn = one("{at: blocks.0.hook_resid_post, edit: {resample: \"${data.others}\"}}");
        Outcome outcome = experiment.finish(HEAD + ROWS + drawn);
        float[] others = read(outcome, "others");
        float[] changed = read(outcome, "rows");
        float[] first = row(changed, 0);
        assertThat(IntStream.range(0, others.length / WIDTH).anyMatch(row -> Arrays.equals(row(others, row), first)))
                .isTrue();
        assertThat(row(changed, 6)).isEqualTo(first);
        assertThat(rows(drawn)).isEqualTo(changed);
    }

    @Test
    void aPatchIsWhatATokenOfAnotherTextHas() {
        String text = HEAD.replace("texts: \"${data.others}\"", "texts: [the dog], rows: each_with_special");
        String patch = one(
                "{at: blocks.0.hook_resid_post, positions: [1], " + "edit: {patch: {text: the dog, position: -2}}}");
        Outcome outcome = experiment.finish(text.replaceAll("(?m)^data:.*\n.*\n", "") + ROWS + patch);
        float[] dog = row(read(outcome, "others"), 2);
        assertThat(row(read(outcome, "rows"), 0)).isEqualTo(dog);
        assertThat(row(read(outcome, "rows"), 1)).isNotEqualTo(dog);
    }

    @Test
    void aPatchOfSomeHeadsTakesThoseHeads() {
        String patch = "{at: blocks.0.attn.hook_z, heads: [2, 1], edit: {patch: {text: a mat}}}";
        String byHead = """
                    interventions:
                      - {at: blocks.0.attn.hook_z, heads: [1], edit: {patch: {text: a mat}}}
                      - {at: blocks.0.attn.hook_z, heads: [2], edit: {patch: {text: a mat}}}
                """;
        assertThat(rows(one(patch))).isEqualTo(rows(byHead)).isNotEqualTo(rows(""));
    }

    @Test
    void aNumberCanComeFromAnEarlierStep() {
        String scaled = one("{at: blocks.0.hook_resid_post, edit: {set: \"${steps.others.layer}\"}}");
        assertThat(rows(scaled)).containsOnly(1f);
    }

    @Test
    void passesOfAnOperationsOwnAreChangedToo() {
        Outcome outcome = experiment.finish(HEAD + PASSES + one("{at: blocks.0.mlp.hook_post, edit: zero}"));
        assertThat(outcome.result("rows", RunPasses.Ran.class).sum()).isZero();
    }

    /**
     * Means at two hook points, a drawn token and an earlier capture read one data set: one pass. Two patches from two texts are
     * a second, and the changed rows a third.
     */
    @Test
    void whatSeveralChangesAreTakenFromIsReadTogether() throws IOException {
        String changes = """
                    interventions:
                      - {at: blocks.0.attn.hook_z, heads: [0], edit: {mean: "${data.others}"}}
                      - {at: blocks.0.mlp.hook_post, units: [1, 2], edit: {mean: "${data.others}"}}
                      - {at: blocks.0.mlp.hook_post, units: [5], edit: {resample: "${data.others}"}}
                      - {at: blocks.0.attn.hook_z, heads: [1], edit: {patch: {text: a mat}}}
                      - {at: blocks.0.attn.hook_z, heads: [2], edit: {patch: {text: the dog sat on, position: 1}}}
                """;
        Outcome outcome = experiment.finish(HEAD + ROWS + changes);
        assertThat(forward(outcome).get("passes_run").intValue()).isEqualTo(3);
        String second = changes.replace("rows:", "more:").replace("the dog sat on", "the cat");
        String both = HEAD + ROWS + changes + ROWS.replace("rows:", "more:") + second;
        assertThat(forward(experiment.finish(both)).get("passes_run").intValue())
                .as("another patch and its rows")
                .isEqualTo(2);
    }

    @Test
    void patchesFromSeveralTextsTakeEachItsOwnToken() {
        String texts = HEAD.replaceAll("(?m)^data:.*\n.*\n", "")
                .replace("texts: \"${data.others}\"", "texts: [a mat, the dog sat on], rows: each_with_special");
        String patches = """
                    interventions:
                      - {at: blocks.0.hook_resid_post, positions: [1], edit: {patch: {text: the dog sat on, position: -2}}}
                      - {at: blocks.0.hook_resid_post, positions: [2], edit: {patch: {text: a mat, position: 1}}}
                """;
        Outcome outcome = experiment.finish(texts + ROWS + patches);
        float[] others = read(outcome, "others");
        float[] changed = read(outcome, "rows");
        for (int i = 0; i < WIDTH; i++) {
            // [CLS] a mat [SEP] and [CLS] the dog sat on [SEP], at places 0 to 3 and 4 to 9.
            assertThat(changed[i]).as("on").isCloseTo(others[8 * WIDTH + i], within(1e-5f));
            assertThat(changed[WIDTH + i]).as("a").isCloseTo(others[WIDTH + i], within(1e-5f));
        }
    }

    @Test
    void aSecondRunFindsChangedAndUnchangedPassesInTheCache() throws IOException {
        String yaml = HEAD + ROWS + one("{at: blocks.0.hook_resid_post, edit: {mean: \"${data.others}\"}}");
        JsonNode first = forward(experiment.finish(yaml));
        JsonNode second = forward(experiment.finish(yaml));
        assertThat(first.get("passes_run").intValue()).isEqualTo(2);
        assertThat(second.get("passes_run").intValue()).isZero();
        assertThat(identity(experiment.finish(HEAD + ROWS))).isNotEqualTo(identity(experiment.finish(yaml)));
    }

    private static JsonNode forward(Outcome outcome) throws IOException {
        return manifest(outcome).get("forward");
    }

    private static JsonNode identity(Outcome outcome) throws IOException {
        return manifest(outcome).get("identity");
    }

    private static JsonNode manifest(Outcome outcome) throws IOException {
        return Json.read(outcome.directory().orElseThrow().resolve("manifest.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{at: blocks.0.attn.hook_zz, edit: zero} | blocks.0.attn.hook_z",
                "{at: 'blocks.{0.hook_q', edit: zero} | unbalanced braces",
                "{at: blocks.0.attn.hook_z, heads: [4], edit: zero} | give 0 to 3",
                "{at: blocks.0.hook_attn_out, heads: [0], edit: zero} | has no heads",
                "{at: blocks.0.mlp.hook_post, units: [64], edit: zero} | which has 64",
                "{at: blocks.0.mlp.hook_post, units: [3, 3], edit: zero} | index 3 is given twice",
                "{at: blocks.0.attn.hook_z, heads: [2, 1, 2], edit: zero} | index 2 is given twice",
                "{at: blocks.0.hook_attn_out, edit: {add: [1, 2]}} | a list of 2 for 32",
                "{at: blocks.0.attn.hook_pattern, edit: {mean: '${data.others}'}} | no numbers of one token",
                "{at: blocks.0.attn.hook_pattern, units: [0], edit: zero} | counts positions",
                "{at: blocks.0.hook_attn_out, edit: {scael: 2}} | scael",
                "{at: blocks.0.hook_attn_out, edit: {set: 1, add: 1}} | has set and add, but takes one of them",
                "{at: blocks.0.hook_attn_out, edit: {zero: true}} | give exactly one of " + EDITS,
                "{at: blocks.0.hook_attn_out, edit: {scael: 2}} | give exactly one of " + EDITS,
                "{at: blocks.0.hook_attn_out, edit: {}} | edit is empty; give exactly one of " + EDITS,
                "{at: blocks.0.attn.hook_z, heads: [], edit: zero} | :14:43: error",
                "{at: blocks.0.attn.hook_z, heads: [], edit: zero} | heads has 0 entries, but must have at least 1",
                "{at: blocks.0.mlp.hook_post, units: [], edit: zero} | units has 0 entries, but must have at least 1",
                "{at: blocks.0.mlp.hook_post, units: [1, 2], edit: {set: [1]}} | a list of 1 for 2 indices",
                "{at: blocks.0.mlp.hook_post, edit: {add: [1]}} | a list of 1 for 64 indices",
                "{at: blocks.0.attn.hook_pattern, edit: {set: [1]}} | give one number",
                "{at: blocks.0.hook_attn_out} | edit",
                "{at: blocks.0.hook_attn_out, edit: {mean: '${data.nothing}'}} | others",
                "{at: blocks.0.hook_attn_out, edit: {patch: {text: a, position: 9}}} | position 9"
            })
    void saysWhatIsWrong(String change, String words) {
        Outcome outcome = experiment.run(HEAD + ROWS + one(change));
        assertThat(outcome.status()).isNotEqualTo(Status.FINISHED);
        assertThat(outcome.problems().toString()).contains(words.strip());
    }

    @Test
    void refusesChangesOfAStepWithoutPasses() {
        String weights = "  rows:\n    use: planted.read_weight\n    with: {block: 0}\n";
        Outcome outcome = experiment.run(HEAD + weights + one("{at: blocks.0.hook_attn_out, edit: zero}"));
        assertThat(outcome.problems().toString()).contains("no forward pass that interventions could change");
    }
}
