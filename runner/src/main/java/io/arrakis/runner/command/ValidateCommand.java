package io.arrakis.runner.command;

import io.arrakis.api.problem.Problem;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.OutcomeJson;
import io.arrakis.runner.render.ProblemPrinter;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.spec.CheckedSweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says all that is wrong with an experiment, and runs nothing. */
@Command(
        name = "validate",
        description = "Says all that is wrong with an experiment, and runs nothing; takes the options of run.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private ExperimentOptions options;

    private final Console console;

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (ArrakisRuntime runtime = options.open()) {
            CheckedSweep checked = runtime.checkSweep(options.request());
            List<Problem> problems = new ArrayList<>(checked.problems());
            problems.addAll(options.directoryProblems());
            boolean valid = problems.stream().noneMatch(Problem::isError);
            if (options.json()) {
                console.document(OutcomeJson.of(valid ? "VALID" : "INVALID", Optional.empty(), problems));
            }
            ProblemPrinter printer = new ProblemPrinter(console);
            printer.print(problems);
            if (!valid) {
                printer.summarise(problems, "nothing would run");
                return (checked.hasErrors() ? ExitStatus.INPUT : ExitStatus.RESOURCE).number();
            }
            boolean sweep = checked.sweep().isSweep();
            int trials = checked.sweep().trials().size();
            console.say(options.file() + " is valid" + (sweep ? ", each of its " + trials + " trials too" : ""));
            return ExitStatus.DONE.number();
        }
    }
}
