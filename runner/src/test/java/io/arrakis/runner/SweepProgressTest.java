package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.SweepProgress;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.runtime.sweep.SweepListener;
import io.arrakis.runtime.sweep.SweepRequest;
import io.arrakis.runtime.sweep.Trial;
import io.arrakis.runtime.sweep.TrialResult;
import io.arrakis.runtime.sweep.TrialState;
import io.arrakis.runtime.sweep.TrialStatus;
import io.arrakis.testkit.Goldens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console is told while a sweep goes on. */
class SweepProgressTest {

    @TempDir
    private Path folder;

    private List<TrialResult> planned() throws IOException {
        Path model = Goldens.FAMILIES.copy("bert", Files.createDirectory(folder.resolve("bert")));
        Path file = Files.writeString(folder.resolve("heads.yaml"), """
                name: heads
                model: %s
                steps:
                  heads: {use: kg_extractor.extract_relational_subspaces, with: {layer_idx: 1, top_k: 2}}
                sweep: {grid: {seed: [1, 2]}}
                """.formatted(model));
        RuntimeSettings settings = new RuntimeSettings(folder.resolve("cache"), 1L << 30, PluginPath.none());
        try (ArrakisRuntime runtime = ArrakisRuntime.open(settings)) {
            var checked = runtime.checkSweep(ExperimentReader.Request.of(file));
            SweepRequest request = new SweepRequest(
                    checked.sweep(), folder, file, List.of(), OptionalInt.empty(), List.of(), false, Set.of());
            return runtime.plan(request, SweepListener.SILENT).trials();
        }
    }

    private static TrialResult in(TrialResult trial, TrialState state) {
        return new TrialResult(trial.trial(), new TrialStatus(state, Optional.empty(), 1, 2.0, 1));
    }

    @Test
    void aTrialOfAnotherCommandIsNeitherSaidNorCounted() throws IOException {
        List<TrialResult> trials = planned();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        try (SweepProgress progress = new SweepProgress(Console.on(stream, stream, false, Map.of(), false))) {
            progress.started(folder, trials, 2);
            trials.forEach(trial -> progress.trialStarted(trial.trial()));
            progress.trialEnded(in(trials.get(0), TrialState.RUNNING));
            progress.trialEnded(in(trials.get(1), TrialState.FINISHED));
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith("2 of 2 trials to run\n1/1 seed=2: FINISHED in 2.0 s\n");
    }

    @Test
    void theLineOfATrialIsShort() throws IOException {
        TrialResult long1 = planned().get(0);
        Trial trial = long1.trial();
        TrialResult named = new TrialResult(
                new Trial(trial.id(), Map.of("data.words.texts", "a".repeat(500)), trial.experiment()),
                in(long1, TrialState.FINISHED).status());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        try (SweepProgress progress = new SweepProgress(Console.on(stream, stream, false, Map.of(), false))) {
            progress.started(folder, List.of(named), 1);
            progress.trialEnded(named);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith("1/1 texts=" + "a".repeat(54) + "...: FINISHED in 2.0 s\n");
    }

    @Test
    void aWarningStandsAboveTheTableThatIsDrawnAnew() throws IOException {
        List<TrialResult> trials = planned();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        try (SweepProgress progress =
                new SweepProgress(Console.on(stream, stream, true, Map.of("NO_COLOR", "1"), false))) {
            progress.started(folder, trials, 2);
            progress.trialStarted(trials.get(0).trial());
            progress.warned("planted");
        }
        String table = "  running  seed=1\n  0 finished, 0 failed, 2 to go\n";
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(table + "\u001b[2F\u001b[J", "warning");
        assertThat(err.toString(StandardCharsets.UTF_8).split("planted\n", -1)[1])
                .startsWith(table);
    }
}
