package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Request;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.TestExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Steps that change the model, at each of its hook points: what an operation holds against the model holds there too, or the
 * change is refused before anything runs.
 */
class ChangedModelsTest {

    private static final String CHANGE = "interventions: [{at: %s, edit: {scale: 1.5}}, {at: %1$s, edit: {add: 0.25}}]";

    private static final String HEAD = """
            name: changed
            model: ./golden
            data: {texts: {source: inline, texts: [the cat sat on the mat, a dog]}}
            steps:
            """;

    /** What is done on a changed model; each reads block 0, and all but the second block 1. */
    private enum Work {
        LENS("lens.logit_lens", "texts: \"${data.texts}\", shown_texts: 0"),
        MIDDLE("lens.residual_decomposition", "texts: \"${data.texts}\", layer_idx: 1"),
        PARTS("lens.residual_decomposition", "texts: \"${data.texts}\""),
        HEADS("lens.attention_patterns", "sequence_length: 3, sequences: 4"),
        PATCH(
                "lens.activation_patching",
                "layers: [1], metric: cosine, pairs: [{clean: the cat sat on the mat, corrupted: the mat sat on the cat}]");

        private final String use;
        private final String with;

        Work(String use, String with) {
            this.use = use;
            this.with = with;
        }

        String step(HookName hook) {
            String name =
                    name().toLowerCase(Locale.ROOT) + "_" + hook.toString().replace('.', '_');
            return "  " + name + ": {use: " + use + ", with: {" + with + "}, " + CHANGE.formatted(hook) + "}\n";
        }
    }

    @TempDir
    Path temp;

    static List<String> others() {
        return FamiliesTest.families().stream()
                .filter(family -> !List.of("gpt2", "bert", "gemma2").contains(family))
                .toList();
    }

    /** Families that norm in different places, with the points of a block at which no sum of parts would be right. */
    @ParameterizedTest
    @CsvSource({
        "gpt2, RESID_PRE ATTN_OUT RESID_MID RESID_POST",
        "bert, RESID_PRE LN1_NORMALIZED ATTN_OUT RESID_MID RESID_POST",
        "gemma2, RESID_PRE ATTN_OUT RESID_MID MLP_OUT RESID_POST"
    })
    void holdAtEveryHookPointOrAreRefused(String family, String sums) throws IOException {
        List<String> refused = refusedOf(family);
        for (String point : sums.split(" ")) {
            HookName first = HookName.of(HookPoint.valueOf(point), 0);
            HookName second = HookName.of(HookPoint.valueOf(point), 1);
            assertThat(refused)
                    .contains(Work.MIDDLE.step(first), Work.PARTS.step(first), Work.PARTS.step(second))
                    .doesNotContain(Work.MIDDLE.step(second));
        }
        Set<HookPoint> scores = EnumSet.of(HookPoint.FINAL_NORMALIZED, HookPoint.LOGITS);
        if (family.equals("bert")) {
            scores.add(HookPoint.LAST_HIDDEN_STATE);
        } else {
            scores.forEach(point -> assertThat(refused).contains(Work.PARTS.step(HookName.of(point))));
        }
        scores.forEach(point -> assertThat(refused).contains(Work.LENS.step(HookName.of(point))));
        int ofParts = 3 * sums.split(" ").length + (family.equals("bert") ? 0 : scores.size());
        assertThat(refused).hasSize(scores.size() + ofParts);
    }

    @ParameterizedTest
    @Tag("full")
    @MethodSource("others")
    void holdInEveryFamily(String family) throws IOException {
        assertThat(refusedOf(family)).hasSizeGreaterThan(10);
    }

    /** Runs what is not refused, and returns the rest. */
    private List<String> refusedOf(String family) throws IOException {
        Goldens.FAMILIES.copy(family, Files.createDirectory(temp.resolve("golden")));
        List<String> running = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<String> steps = everyStep();
        Map<Integer, Problem> problems = check(steps);
        for (int i = 0; i < steps.size(); i++) {
            Problem problem = problems.get(i);
            if (problem == null) {
                running.add(steps.get(i));
            } else if (problem.code() != ErrorCode.UNKNOWN_HOOK) {
                assertThat(problem.toString()).contains("it cannot follow a change at ");
                refused.add(steps.get(i));
            }
        }
        assertThat(running).hasSizeGreaterThan(100);
        Outcome outcome = TestExperiment.in(temp).run(HEAD + String.join("", running));
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.status()).isEqualTo(Status.FINISHED);
        return refused;
    }

    @Test
    void saysWhyAndWhere() throws IOException {
        Goldens.FAMILIES.copy("gpt2", Files.createDirectory(temp.resolve("golden")));
        Outcome outcome = TestExperiment.in(temp).run(HEAD + """
                  parts:
                    use: lens.residual_decomposition
                    with: {texts: "${data.texts}"}
                    interventions:
                      - {at: blocks.0.mlp.hook_post, edit: zero}
                      - {at: "blocks.*.hook_resid_post, logits", edit: {add: 1}}
                """);
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        sum -> assertThat(sum)
                                .contains("experiment.yaml:10:14: error TOOL-INPUT: it cannot follow a change at"
                                        + " blocks.0.hook_resid_post or 1 more of these: what stands there would"
                                        + " no longer be the sum of what heads, MLPs and embeddings write; it"
                                        + " can follow changes at hook_embed, inside attention, such as"
                                        + " attn.hook_z, and inside MLPs, such as mlp.hook_post; change other"
                                        + " hook points"),
                        score -> assertThat(score)
                                .contains("it cannot follow a change at logits: it takes the scores apart"));
    }

    private static List<String> everyStep() {
        return Stream.of(HookPoint.values())
                .flatMap(point -> point.inBlock()
                        ? IntStream.range(0, 2).mapToObj(block -> HookName.of(point, block))
                        : Stream.of(HookName.of(point)))
                .flatMap(hook -> Stream.of(Work.values()).map(work -> work.step(hook)))
                .toList();
    }

    /** Returns what is wrong, by the number of the step; each is written on a line of its own. */
    private Map<Integer, Problem> check(List<String> steps) {
        Request request = TestExperiment.in(temp).request(HEAD + String.join("", steps));
        int first = (int) HEAD.lines().count() + 1;
        return TrialRunner.find().check(request).stream()
                .collect(Collectors.toMap(
                        problem -> problem.location().line() - first, problem -> problem, (one, other) -> one));
    }
}
