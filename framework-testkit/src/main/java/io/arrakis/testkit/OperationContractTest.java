package io.arrakis.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.problem.ErrorKind;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Request;
import io.arrakis.api.sweep.TrialRunner.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every operation must keep to, whoever wrote it. Extend it once for each operation, with an experiment on a tiny model:
 *
 * <pre>{@code
 * class WordCountContractTest extends OperationContractTest {
 *     protected Class<? extends Operation<?, ?>> operation() {
 *         return WordCount.class;
 *     }
 *
 *     protected void prepare(TestExperiment laboratory) {
 *         laboratory.model("tiny", TinyModel.bert(TinyModel.Size.SMALL, List.of("a", "cat", "sat"), 1));
 *     }
 *
 *     protected String experiment() {
 *         return """
 *                 name: contract
 *                 model: tiny
 *                 data: {texts: {source: inline, texts: [a cat sat]}}
 *                 steps:
 *                   subject: {use: word_count.count_words}
 *                 """;
 *     }
 * }
 * }</pre>
 *
 * <p>The experiment runs six times and once for each setting that is refused, so it should take well under a second. The runtime must be on the test class path, and the
 * plug-in must be found there through {@code META-INF/services}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OperationContractTest {

    /** The step of the experiment that is tested. */
    public static final String SUBJECT = "subject";

    private final TrialRunner runner = TrialRunner.find();
    private Path directory;
    private Request request;
    private ParameterProbes probes;
    private Set<Thread> threadsBefore;
    private Outcome first;

    /** For subclasses. */
    protected OperationContractTest() {}

    /** Returns the operation that is tested. */
    protected abstract Class<? extends Operation<?, ?>> operation();

    /** Writes the models and files that the experiment names. Called once. */
    protected void prepare(TestExperiment laboratory) {}

    /** Returns an experiment whose step {@code subject} uses the operation; without {@code controls:}. */
    protected abstract String experiment();

    /**
     * Returns settings, {@code path=value} as after {@code --set}, each of which must end with a sentence about the input and
     * not with what the operation threw: no rows, one word, a layer without what it looks for.
     */
    protected List<String> refused() {
        return List.of();
    }

    /** Returns the controls that the step must run with, as settings below {@code controls}. */
    protected List<String> controls() {
        List<String> controls = new ArrayList<>(List.of("random_model.seed=1"));
        if (probes.countsResidualLayers()) {
            controls.add("layer_0=true");
        }
        return controls;
    }

    @BeforeAll
    final void runOnce(@TempDir Path temporary) {
        directory = temporary;
        probes = new ParameterProbes(operation());
        TestExperiment laboratory = TestExperiment.in(directory);
        prepare(laboratory);
        request = laboratory.request(experiment());
        threadsBefore = LiveThreads.now();
        first = runner.run(request);
    }

    @Test
    final void isFoundAndBindsItsParameters() {
        assertThat(runner.check(request)).isEmpty();
        assertThat(experiment()).contains(SUBJECT + ":");
    }

    @Test
    final void saysWhatItAndItsParametersAreFor() {
        assertThat(operation().getAnnotation(Description.class))
                .as("@Description of " + operation().getSimpleName())
                .isNotNull();
        assertThat(probes.withoutDescription())
                .as("parameters without @Description")
                .isEmpty();
    }

    @Test
    final void refusesAnOptionThatItDoesNotHave() {
        assertThat(errors(List.of(with("no_such_option", "1"))))
                .anyMatch(problem -> problem.code().id().equals("SPEC-UNKNOWN-KEY"));
    }

    @TestFactory
    final List<DynamicTest> refusesValuesThatDoNotFit() {
        return probes.wrong().stream()
                .map(probe -> DynamicTest.dynamicTest(probe.toString(), () -> {
                    String setting = with(probe.parameter(), probe.value());
                    assertThat(errors(List.of(setting))).as(setting).anyMatch(problem -> problem.location()
                            .toString()
                            .startsWith("--set steps." + SUBJECT + ".with." + probe.parameter()));
                }))
                .toList();
    }

    @Test
    final void plansWithoutNativeLibraries() throws Exception {
        assertThat(PlanningProcess.nativeClasses(request, directory)).isEmpty();
    }

    @Test
    final void requiresTheSameEachTime() {
        Requirements once = required();
        Requirements again = required();
        assertThat(Set.copyOf(again.captures())).isEqualTo(Set.copyOf(once.captures()));
        assertThat(again.weights()).isEqualTo(once.weights());
        assertThat(again.passes()).isEqualTo(once.passes());
    }

    private Requirements required() {
        return runner.requirements(request).get(SUBJECT);
    }

    @Test
    final void finishes() {
        assertThat(first.status()).as("%s", first.problems()).isEqualTo(Status.FINISHED);
    }

    @Test
    final void itsResultIsReadBackAsItWasWritten() {
        assertThat(first.result(SUBJECT, probes.result())).isEqualTo(first.result(SUBJECT, probes.result()));
        assertThat(first.survivesReading(SUBJECT, probes.result())).isTrue();
    }

    @Test
    final void givesEqualBytesAgainAlsoBesideAnother() throws Exception {
        CompletableFuture<Outcome> one = CompletableFuture.supplyAsync(() -> runner.run(in("one")));
        CompletableFuture<Outcome> other = CompletableFuture.supplyAsync(() -> runner.run(in("other")));
        Map<String, String> expected = results(first);
        assertThat(results(one.join())).isEqualTo(expected);
        assertThat(results(other.join())).isEqualTo(expected);
    }

    @Test
    final void needsNoForwardPassTheSecondTime() throws IOException {
        Outcome second = runner.run(request);
        assertThat(RunFiles.forwardPasses(second.directory().orElseThrow())).isZero();
        assertThat(results(second)).isEqualTo(results(first));
    }

    @Test
    final void runsWithItsControls() {
        List<String> settings =
                controls().stream().map(control -> "controls." + control).toList();
        Outcome outcome = runner.run(request.with(settings));
        assertThat(outcome.status()).as("%s", outcome.problems()).isEqualTo(Status.FINISHED);
        for (String control : controls()) {
            String name = control.split("[.=]")[0];
            assertThat(outcome.result(SUBJECT, name, probes.result())).as(name).isNotNull();
        }
    }

    @Test
    final void endsWithASentenceWhereThereIsLittleData() {
        Outcome outcome = runner.run(request.limitedTo(1));
        if (outcome.status() != Status.FINISHED) {
            assertThat(outcome.problems()).anyMatch(OperationContractTest::isAboutTheInput);
        }
    }

    @TestFactory
    final List<DynamicTest> refusesWithASentence() {
        return refused().stream()
                .map(setting -> DynamicTest.dynamicTest(setting, () -> {
                    Outcome outcome = runner.run(request.with(List.of(setting)));
                    assertThat(outcome.status()).isIn(Status.INVALID, Status.FAILED);
                    assertThat(outcome.problems()).anyMatch(OperationContractTest::isAboutTheInput);
                }))
                .toList();
    }

    @Test
    final void leavesNoThreadBehind() throws InterruptedException {
        assertThat(LiveThreads.settled(threadsBefore)).isEmpty();
    }

    private static boolean isAboutTheInput(Problem problem) {
        return problem.isError() && problem.code().kind() == ErrorKind.USER;
    }

    private List<Problem> errors(List<String> settings) {
        return runner.check(request.with(settings)).stream()
                .filter(Problem::isError)
                .toList();
    }

    private static String with(String parameter, String value) {
        return "steps." + SUBJECT + ".with." + parameter + "=" + value;
    }

    private Request in(String name) {
        Path apart = directory.resolve(name);
        return new Request(request.experiment(), apart.resolve("runs"), apart.resolve("cache"));
    }

    private static Map<String, String> results(Outcome outcome) throws IOException {
        assertThat(outcome.status()).as("%s", outcome.problems()).isEqualTo(Status.FINISHED);
        return RunFiles.results(outcome.directory().orElseThrow());
    }
}
