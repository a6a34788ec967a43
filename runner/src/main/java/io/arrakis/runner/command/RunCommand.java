package io.arrakis.runner.command;

import io.arrakis.api.problem.Problem;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.OutcomeJson;
import io.arrakis.runner.render.ProblemPrinter;
import io.arrakis.runner.render.RunProgress;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.Natives;
import io.arrakis.runtime.report.Report;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunOutcome;
import io.arrakis.runtime.run.RunRequest;
import io.arrakis.runtime.run.RunState;
import io.arrakis.runtime.spec.Checked;
import io.arrakis.runtime.spec.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an experiment. */
@Command(
        name = "run",
        description = "Runs an experiment and prints where its report is.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ExperimentOptions options;

    private final Console console;
    private final Interrupts interrupts;

    RunCommand(Console console, Interrupts interrupts) {
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() {
        Cancellation cancellation = interrupts.cancellation(() -> print("INTERRUPTED", Optional.empty(), List.of()));
        try (ArrakisRuntime runtime = options.open()) {
            Checked checked = runtime.check(options.request());
            ProblemPrinter printer = new ProblemPrinter(console);
            printer.print(checked.problems());
            if (checked.hasErrors()) {
                printer.summarise(checked.problems(), "nothing was run");
                print("INVALID", Optional.empty(), checked.problems());
                return ExitStatus.INPUT.number();
            }
            return run(runtime, checked, cancellation);
        }
    }

    private int run(ArrakisRuntime runtime, Checked checked, Cancellation cancellation) {
        Experiment experiment = checked.experiment();
        Natives.require(options.cacheDirectory(), experiment.threads());
        RunRequest request = new RunRequest(
                experiment,
                options.saveDirectory(),
                options.file().toString(),
                options.overrides(),
                options.limit(),
                checked.problems());
        RunOutcome outcome = runtime.run(request, new RunProgress(console), cancellation);
        Path directory = outcome.directory().path();
        new ProblemPrinter(console).print(outcome.problems());
        List<Problem> all = new ArrayList<>(checked.problems());
        all.addAll(outcome.problems());
        print(outcome.state().name(), Optional.of(directory), all);
        if (!options.json()) {
            Path report = Report.file(directory);
            console.result(sentence(outcome.state()) + (Files.exists(report) ? report : directory));
        }
        return status(outcome);
    }

    private void print(String status, Optional<Path> run, List<Problem> problems) {
        if (options.json()) {
            console.document(OutcomeJson.of(status, run, problems));
        }
    }

    private static String sentence(RunState state) {
        return switch (state) {
            case FINISHED -> "finished; the report is ";
            case FAILED -> "failed; what there is of it is in ";
            case INTERRUPTED, RUNNING -> "interrupted; what there is of it is in ";
        };
    }

    private static int status(RunOutcome outcome) {
        return switch (outcome.state()) {
            case FINISHED -> ExitStatus.DONE.number();
            case INTERRUPTED, RUNNING -> ExitStatus.INTERRUPTED.number();
            case FAILED ->
                outcome.problems().stream()
                        .filter(Problem::isError)
                        .findFirst()
                        .map(problem -> problem.code().kind().exitStatus())
                        .orElse(ExitStatus.INTERNAL.number());
        };
    }
}
