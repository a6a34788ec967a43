package io.arrakis.runner.command;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.sweep.SweepExecutor;
import io.arrakis.api.sweep.WorkerStart;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.ProblemPrinter;
import io.arrakis.runner.render.SweepJson;
import io.arrakis.runner.render.SweepPages;
import io.arrakis.runner.render.SweepProgress;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.Natives;
import io.arrakis.runtime.device.DeviceRequest;
import io.arrakis.runtime.device.MachineInventory;
import io.arrakis.runtime.device.WorkerGpus;
import io.arrakis.runtime.natives.NativeRestart;
import io.arrakis.runtime.plugin.Provided;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.spec.CheckedSweep;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.SweepTrial;
import io.arrakis.runtime.spec.tree.Suggestions;
import io.arrakis.runtime.sweep.InProcess;
import io.arrakis.runtime.sweep.LocalExecutor;
import io.arrakis.runtime.sweep.SweepOutcome;
import io.arrakis.runtime.sweep.SweepRequest;
import io.arrakis.runtime.sweep.TrialExecutor;
import io.arrakis.runtime.sweep.TrialState;
import io.arrakis.runtime.sweep.WorkerPool;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all trials of a sweep that are not done. */
@Command(
        name = "sweep",
        description = "Runs every trial of an experiment with a sweep; given again, it goes on where it stopped.",
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

    /** The class that the launcher starts too. */
    private static final String MAIN = "io.arrakis.runner.Main";

    /** What can be tried again. */
    enum Retry {
        FAILED,
        INTERRUPTED
    }

    @Mixin
    private ExperimentOptions options;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Runs N trials at a time, each in a process with the experiment's threads; default ${DEFAULT-VALUE}.")
    private int jobs;

    @Option(
            names = "--executor",
            paramLabel = "NAME",
            defaultValue = LocalExecutor.NAME,
            description = "Where trials run: ${DEFAULT-VALUE} is this machine, and the default; plug-ins bring others.")
    private String executor;

    @Option(names = "--dry-run", description = "Prints the trials and the passes that they share, and runs nothing.")
    private boolean dryRun;

    @Option(names = "--fail-fast", description = "Stops at the first trial that fails.")
    private boolean failFast;

    @Option(
            names = "--retry",
            paramLabel = "STATE",
            split = ",",
            description = "Begins trials again that failed, or that another machine left RUNNING: failed, interrupted.")
    private List<Retry> retry = new ArrayList<>();

    private final Console console;
    private final Interrupts interrupts;

    SweepCommand(Console console, Interrupts interrupts) {
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() {
        Cancellation cancellation =
                interrupts.cancellation(() -> document(SweepJson.of("INTERRUPTED", Optional.empty(), List.of())));
        try (ArrakisRuntime runtime = options.open()) {
            CheckedSweep checked = runtime.checkSweep(options.request());
            ProblemPrinter printer = new ProblemPrinter(console);
            printer.print(checked.problems());
            if (checked.hasErrors()) {
                printer.summarise(checked.problems(), "nothing was run");
                document(SweepJson.of("INVALID", Optional.empty(), checked.problems()));
                return ExitStatus.INPUT.number();
            }
            if (!checked.sweep().isSweep()) {
                throw new ArrakisException(
                        ErrorCode.USAGE,
                        options.file().toString(),
                        "this experiment has no sweep",
                        "type 'arrakis run " + options.file() + "', or add a block 'sweep:'");
            }
            return dryRun ? plan(runtime, checked) : run(runtime, checked, cancellation);
        }
    }

    private SweepRequest request(CheckedSweep checked) {
        Set<TrialState> again = EnumSet.noneOf(TrialState.class);
        retry.forEach(state -> again.add(TrialState.valueOf(state.name())));
        return new SweepRequest(
                checked.sweep(),
                options.saveDirectory(),
                options.file(),
                options.overrides(),
                options.limit(),
                checked.problems(),
                failFast,
                again);
    }

    private int plan(ArrakisRuntime runtime, CheckedSweep checked) {
        SweepProgress progress = new SweepProgress(console);
        var plan = runtime.plan(request(checked), progress);
        if (options.json()) {
            document(SweepJson.of("VALID", plan, checked.problems()));
        } else {
            new SweepPages(console).print(plan);
        }
        return ExitStatus.DONE.number();
    }

    private int run(ArrakisRuntime runtime, CheckedSweep checked, Cancellation cancellation) {
        Experiment first = checked.sweep().trials().get(0).experiment();
        TrialExecutor trials = executor(runtime, checked);
        Natives.require(options.cacheDirectory(), first.threads());
        SweepOutcome outcome;
        try (SweepProgress progress = new SweepProgress(console)) {
            outcome = runtime.sweep(request(checked), trials, progress, cancellation);
        }
        SweepPages pages = new SweepPages(console);
        pages.failures(outcome);
        new ProblemPrinter(console).print(outcome.problems());
        List<Problem> all = new ArrayList<>(checked.problems());
        all.addAll(outcome.problems());
        if (options.json()) {
            document(SweepJson.of(outcome, all));
        } else {
            pages.end(outcome);
        }
        return status(outcome);
    }

    /** One job on this machine is this process. */
    private TrialExecutor executor(ArrakisRuntime runtime, CheckedSweep checked) {
        if (jobs < 1) {
            throw new ArrakisException(
                    ErrorCode.USAGE, "--jobs", "the number of jobs is " + jobs, "give a whole number at least 1");
        }
        Map<String, Provided<SweepExecutor>> known = runtime.catalog().sweepExecutors();
        Provided<SweepExecutor> chosen = known.get(executor);
        if (chosen == null) {
            throw new ArrakisException(
                    ErrorCode.USAGE,
                    "--executor",
                    "no executor is called '" + executor + "'",
                    Suggestions.mend(executor, known.keySet(), "executors"));
        }
        boolean here = executor.equals(LocalExecutor.NAME);
        return here && jobs == 1 ? new InProcess() : pool(chosen, here, checked);
    }

    private TrialExecutor pool(Provided<SweepExecutor> chosen, boolean here, CheckedSweep checked) {
        List<Experiment> experiments =
                checked.sweep().trials().stream().map(SweepTrial::experiment).toList();
        int threads = experiments.get(0).threads();
        List<DeviceRequest> devices =
                experiments.stream().map(Experiment::device).distinct().toList();
        int gpus = here && WorkerGpus.areAskedFor(devices)
                ? MachineInventory.take(threads).gpus().size()
                : 0;
        WorkerGpus visible = WorkerGpus.of(devices, gpus, System.getenv());
        return new WorkerPool(
                jobs,
                chosen.value(),
                (sweep, number) -> new WorkerStart(
                        number,
                        NativeRestart.command(MAIN, WorkerCommand.arguments(sweep.path(), threads, options.places())),
                        visible.environment(number),
                        threads,
                        sweep.workerLog(number)));
    }

    private void document(String json) {
        if (options.json()) {
            console.document(json);
        }
    }

    private static int status(SweepOutcome outcome) {
        Optional<Problem> stopped =
                outcome.problems().stream().filter(Problem::isError).findFirst();
        if (stopped.isPresent()) {
            return stopped.get().code().kind().exitStatus();
        }
        return switch (outcome.state()) {
            case FINISHED -> ExitStatus.DONE.number();
            case FAILED -> ExitStatus.TRIALS.number();
            case INTERRUPTED, RUNNING -> ExitStatus.INTERRUPTED.number();
        };
    }
}
