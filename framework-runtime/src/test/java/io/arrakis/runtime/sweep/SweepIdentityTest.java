package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static io.arrakis.runtime.sweep.SweepBench.results;
import static io.arrakis.runtime.sweep.SweepBench.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.ToolPlugin;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.model.ModelSource;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.testkit.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What makes trials and sweeps others: the code, the data and the models of strangers. */
class SweepIdentityTest {

    private static final String SAY = """
            package org.example.say;
            import io.arrakis.api.activation.Requirements;
            import io.arrakis.api.operation.*;
            public final class Say implements Operation<Say.Params, Say.Said> {
                public record Params(int times) {}
                public record Said(String word) {}
                @jakarta.inject.Inject public Say() {}
                @Override public Requirements requires(Params params, Planning planning) { return Requirements.none(); }
                @Override public Said run(Params params, Inputs inputs, OperationContext context) {
                    return new Said("%s");
                }
            }
            """;

    private static final String PLUGIN = """
            package org.example.say;
            import io.arrakis.api.*;
            import java.util.List;
            public final class Plugin implements ToolPlugin {
                @Override public int apiVersion() { return ApiVersion.CURRENT; }
                @Override public List<ToolDescriptor> tools() {
                    return List.of(ToolDescriptor.named("say", "Says.", Say.class));
                }
            }
            """;

    private static final String SAYING = HEAD + """
            steps:
              said: {use: say.say, with: {times: 1}}
            sweep:
              grid: {steps.said.with.times: [1, 2]}
            """;

    private static final String SHIFT = HEAD + """
            steps:
              said: {use: planted.shift, with: {from: 1}}
            sweep:
              grid: {%s}
            """;

    private static final String TEXTS = HEAD + """
            data: {words: {source: text, path: a.txt}}
            steps:
              rows: {use: planted.read_rows, with: {layer_idx: 1, texts: "${data.words}"}}
            sweep:
              grid: {%s}
            """;

    /** Stops, without being asked to, for 2. */
    private static final String QUITTER = """
            package org.example.quitter;
            import io.arrakis.api.data.*;
            import java.util.*;
            public final class Quitter implements DatasetSource<Quitter.Params> {
                public record Params(int at) {}
                @Override public String name() { return "quitter"; }
                @Override public String summary() { return "Stops for 2."; }
                @Override public Class<Params> parameters() { return Params.class; }
                @Override public Dataset open(Params params, DataContext context) {
                    if (params.at() == 2) {
                        throw new java.util.concurrent.CancellationException("planted");
                    }
                    return new ListDataset(List.of(new Example("a", "the cat", Map.of())), List.of(), "" + params);
                }
            }
            """;

    @TempDir
    Path temp;

    private SweepBench bench;

    @BeforeEach
    void bench() {
        bench = SweepBench.in(temp);
    }

    private Path plugins(String name) {
        return temp.resolve("plugins").resolve(name).resolve(name + ".jar");
    }

    private SweepOutcome saying(String word) {
        new PluginJar()
                .source("org.example.say.Say", SAY.formatted(word))
                .source("org.example.say.Plugin", PLUGIN)
                .service(ToolPlugin.class, "org.example.say.Plugin")
                .version("1.0")
                .write(plugins("say"));
        return bench.using(temp.resolve("plugins")).run(SAYING);
    }

    @Test
    void whatAMendedToolComputedBeforeIsNotTakenAsDone() {
        SweepOutcome wrong = saying("wrong");
        assertThat(saying("wrong").ran()).as("the same code, compiled again").isZero();
        SweepOutcome mended = saying("mended");
        assertThat(mended.directory()).isEqualTo(wrong.directory());
        assertThat(mended.ran()).isEqualTo(2);
        assertThat(mended.trials()).doesNotContainAnyElementsOf(wrong.trials());
        String id = mended.trials().get(0).trial().id();
        assertThat(results(mended.directory().trial(id).path()))
                .anySatisfy((file, text) -> assertThat(text).contains("mended"));
    }

    @Test
    void changedDataAreAnotherSweepWhereTheSeedIsVariedToo() throws IOException {
        Path texts = Files.writeString(temp.resolve("a.txt"), "the cat\n");
        SweepOutcome first = bench.run(TEXTS.formatted("seed: [1, 2]"));
        SweepOutcome grown = bench.run(TEXTS.formatted("seed: [0, 1, 2]"));
        assertThat(grown.directory()).isEqualTo(first.directory());
        assertThat(grown.ran()).isEqualTo(1);
        Files.writeString(texts, "the dog\n");
        SweepOutcome changed = bench.run(TEXTS.formatted("seed: [0, 1, 2]"));
        assertThat(changed.directory()).isNotEqualTo(first.directory());
        assertThat(changed.ran()).isEqualTo(3);
    }

    @Test
    void aGridThatGrewAtItsFrontIsTheSameSweep() {
        String yaml = SHIFT.formatted("dtype: [float32]");
        SweepOutcome first = bench.run(yaml);
        SweepOutcome grown = bench.run(SHIFT.formatted("dtype: [float64, float32]"));
        assertThat(grown.directory()).isEqualTo(first.directory());
        assertThat(grown.ran()).isEqualTo(1);
        SweepOutcome cpu = bench.run(SHIFT.formatted("device: [cpu]"));
        SweepOutcome devices = bench.run(SHIFT.formatted("device: ['gpu:97', cpu]"));
        assertThat(devices.directory()).isEqualTo(cpu.directory());
        assertThat(states(devices)).containsExactly("FAILED", "FINISHED");
    }

    @Test
    void aNewAxisOverDataIsANewSweep() throws IOException {
        Files.writeString(temp.resolve("a.txt"), "the cat\n");
        SweepOutcome seeds = bench.run(TEXTS.formatted("seed: [1]"));
        SweepOutcome both = bench.run(TEXTS.formatted("seed: [1], data.words.path: [a.txt]"));
        assertThat(both.directory()).isNotEqualTo(seeds.directory());
    }

    @Test
    void whatChangesWhileTheSweepRunsFailsAndIsAnotherTrialThen() throws IOException {
        Files.writeString(temp.resolve("a.txt"), "the cat\n");
        Path second = Files.writeString(temp.resolve("b.txt"), "the dog\n");
        SweepListener changer = new SweepListener() {
            @Override
            public void trialStarted(Trial trial) {
                write(second, "the cat sat\n");
            }
        };
        String yaml = TEXTS.formatted("data.words.path: [a.txt, b.txt]");
        SweepOutcome outcome = bench.run(bench.of(yaml).told(changer, new Cancellation()));
        assertThat(states(outcome)).containsExactly("FINISHED", "FAILED");
        TrialStatus failed = outcome.trials().get(1).status();
        assertThat(failed.message()).isEqualTo("model, data or plug-ins have changed while the sweep ran");
        assertThat(failed.cause()).contains(FailureCause.DATA);
        SweepOutcome again = bench.run(yaml);
        assertThat(again.ran()).isEqualTo(1);
        assertThat(states(again)).containsOnly("FINISHED");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aModelThatThrowsWhenItIsReadFailsItsTrialsAlone() throws IOException {
        Path sample = Path.of("..", "experiments", "samples", "model-source", "FormulaSource.java");
        String source = Files.readString(sample)
                .replace(
                        "return Integer.toHexString(name.hashCode());",
                        "if (name.endsWith(\"2\")) { throw new IllegalStateException(\"planted\"); }"
                                + " return Integer.toHexString(name.hashCode());");
        new PluginJar()
                .source("org.example.samples.FormulaSource", source)
                .service(ModelSource.class, "org.example.samples.FormulaSource")
                .write(plugins("formula"));
        String yaml = HEAD + """
                steps:
                  weight: {use: planted.read_weight, with: {block: 0}}
                sweep:
                  grid: {model: ["formula:1", "formula:2", "formula:3"]}
                """;
        SweepOutcome outcome = bench.using(temp.resolve("plugins")).run(yaml);
        assertThat(outcome.problems()).isEmpty();
        assertThat(states(outcome)).containsExactly("FINISHED", "FAILED", "FINISHED");
        TrialStatus thrown = outcome.trials().get(1).status();
        assertThat(thrown.cause()).contains(FailureCause.TOOL);
        assertThat(thrown.message()).isEqualTo("what opens the model 'formula:2' threw IllegalStateException: planted");
    }

    @Test
    void eachTrialHasItsOwnThreadsInTheNativeLibraries() {
        List<Integer> used = new ArrayList<>();
        SweepListener looker = new SweepListener() {
            @Override
            public void trialEnded(TrialResult result) {
                used.add(NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
            }
        };
        String yaml = SAYING.replace(
                        "said: {use: say.say, with: {times: 1}}", "said: {use: planted.shift, with: {from: 1}}")
                .replace("steps.said.with.times: [1, 2]", "threads: [1, 2]");
        bench.run(bench.of(yaml).told(looker, new Cancellation()));
        assertThat(used).containsExactly(1, 2);
    }

    @Test
    void whatStopsByItselfHasFailedAndIsNotBegunForEver() {
        new PluginJar()
                .source("org.example.quitter.Quitter", QUITTER)
                .service(DatasetSource.class, "org.example.quitter.Quitter")
                .write(plugins("quitter"));
        String yaml = HEAD + """
                data: {words: {source: quitter, at: 1}}
                steps:
                  rows: {use: planted.read_rows, with: {layer_idx: 0, texts: "${data.words}"}}
                sweep:
                  grid: {data.words.at: [1, 2, 3]}
                """;
        SweepOutcome outcome = bench.using(temp.resolve("plugins")).run(yaml);
        assertThat(states(outcome)).containsExactly("FINISHED", "FAILED", "FINISHED");
        assertThat(outcome.trials().get(1).status().message()).endsWith(" stopped by itself for data.words");
    }
}
