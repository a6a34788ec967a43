package io.arrakis.runner;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorKind;
import io.arrakis.api.problem.Problem;
import io.arrakis.runner.command.Arrakis;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.ProblemPrinter;
import io.arrakis.runtime.natives.NativeRestart;
import io.arrakis.runtime.natives.WrongNumbersException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs commands and turns whatever ends them into a sentence and an exit status. */
final class CommandLines {

    private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

    private final Console console;

    CommandLines(Console console) {
        this.console = console;
    }

    int run(String... args) {
        CommandLine line = new CommandLine(new Arrakis(), new CommandFactory(console));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Ending(args));
        line.setParameterExceptionHandler((problem, arguments) -> {
            console.complain("error USAGE: " + problem.getMessage());
            UnmatchedArgumentException.printSuggestions(
                    problem, problem.getCommandLine().getErr());
            console.complain("   see 'arrakis " + path(problem.getCommandLine()) + "--help'");
            return ExitStatus.INPUT.number();
        });
        return line.execute(args);
    }

    private static String path(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return name.contains(" ") ? name.substring(name.indexOf(' ') + 1) + " " : "";
    }

    /** How a command ends that throws. */
    private final class Ending implements IExecutionExceptionHandler {

        private final String[] args;

        Ending(String[] args) {
            this.args = args;
        }

        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
            if (failure instanceof Console.BrokenPipeException) {
                return ExitStatus.DONE.number();
            }
            if (failure instanceof CancellationException) {
                console.complain("interrupted");
                return ExitStatus.INTERRUPTED.number();
            }
            if (failure instanceof WrongNumbersException wrong) {
                return restart(wrong);
            }
            if (failure instanceof ArrakisException known) {
                return explain(known);
            }
            LOG.error("an unexpected failure", failure);
            console.complain("error INTERNAL: " + failure
                    + "; this is a defect of Arrakis, please report it with the trace above");
            return ExitStatus.INTERNAL.number();
        }

        private int restart(WrongNumbersException wrong) {
            NativeRestart restart = new NativeRestart();
            if (!restart.isWorthTrying()) {
                return explain(wrong);
            }
            console.say("starting again with other kernels: " + wrong.getMessage());
            return restart.run(Main.class, Arrays.asList(args));
        }

        private int explain(ArrakisException known) {
            List<Problem> problems = known.problems();
            new ProblemPrinter(console).print(problems);
            if (known.code().kind() == ErrorKind.INTERNAL) {
                LOG.error("the failure behind it", known);
            }
            return known.code().kind().exitStatus();
        }
    }
}
