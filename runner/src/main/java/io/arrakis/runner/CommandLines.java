package io.arrakis.runner;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.ErrorKind;
import io.arrakis.api.problem.NearestNames;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runner.command.Arrakis;
import io.arrakis.runner.command.ExitStatus;
import io.arrakis.runner.command.Interrupts;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.OutcomeJson;
import io.arrakis.runner.render.ProblemPrinter;
import io.arrakis.runtime.natives.NativeRestart;
import io.arrakis.runtime.natives.WrongNumbersException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs commands and turns whatever ends them into a sentence and an exit status. */
final class CommandLines {

    private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

    /** What the command 'help' says in words alone. */
    private static final Pattern NO_HELP = Pattern.compile("Unknown subcommand '(.*)'\\.?");

    private final Console console;

    CommandLines(Console console) {
        this.console = console;
    }

    int run(String... args) {
        try (Interrupts interrupts = new Interrupts()) {
            CommandLine line = new CommandLine(new Arrakis(), new CommandFactory(console, interrupts));
            line.setOut(console.results());
            line.setCaseInsensitiveEnumValuesAllowed(true);
            line.setExecutionExceptionHandler(new Ending(args));
            line.setParameterExceptionHandler(
                    (problem, arguments) -> new Ending(args).end("INVALID", List.of(usage(problem))));
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            return new Ending(args).end("FAILED", List.of(outOfMemory(e)));
        }
    }

    /** Outside of a run, which says by itself what it had no memory for. */
    private static Problem outOfMemory(OutOfMemoryError failure) {
        return Problem.error(
                ErrorCode.MEMORY,
                SourceLocation.of("arrakis"),
                "there is not enough memory: " + failure.getMessage(),
                "give the process more with ARRAKIS_JAVA_OPTS=-Xmx..., or ask for less at a time");
    }

    private static Problem usage(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String help = "see '" + name + " --help'";
        if (problem instanceof UnmatchedArgumentException unmatched) {
            String mend = mend(unmatched.getUnmatched().get(0), known(unmatched, command), help);
            return usage(name, unmatched(unmatched, command), mend);
        }
        Matcher helpless = NO_HELP.matcher(problem.getMessage());
        if (helpless.matches()) {
            String asked = helpless.group(1);
            String mend = mend(asked, command.getSubcommands().keySet(), help);
            return usage(name, "there is no command '" + asked + "'", mend);
        }
        return usage(name, problem.getMessage().replaceFirst("^Error: ", "").replaceFirst("\\.$", ""), help);
    }

    private static String mend(String given, Collection<String> known, String help) {
        return NearestNames.near(given, known)
                .map(near -> "did you mean '" + near + "'? " + help)
                .orElse(help);
    }

    private static Collection<String> known(UnmatchedArgumentException unmatched, CommandLine command) {
        return unmatched.isUnknownOption()
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet();
    }

    private static Problem usage(String command, String message, String mend) {
        return Problem.error(ErrorCode.USAGE, SourceLocation.of(command), message, mend);
    }

    private static String unmatched(UnmatchedArgumentException unmatched, CommandLine command) {
        String first = "'" + unmatched.getUnmatched().get(0) + "'";
        if (unmatched.isUnknownOption()) {
            return "there is no option " + first;
        }
        return command.getSubcommands().isEmpty()
                ? first + " is one argument too many"
                : "there is no command " + first;
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
                document("INTERRUPTED", List.of());
                return ExitStatus.INTERRUPTED.number();
            }
            if (failure instanceof WrongNumbersException wrong) {
                return restart(wrong);
            }
            if (failure instanceof ArrakisException known) {
                return explain(known);
            }
            LOG.error("an unexpected failure", failure);
            return end("FAILED", List.of(defect(failure)));
        }

        private Problem defect(Exception failure) {
            return Problem.error(
                    ErrorCode.INTERNAL,
                    SourceLocation.of("arrakis"),
                    failure.toString(),
                    "this is a defect of Arrakis, please report it with the trace above");
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
            ErrorKind kind = known.code().kind();
            if (kind == ErrorKind.INTERNAL) {
                LOG.error("the failure behind it", known);
            }
            return end(kind == ErrorKind.USER ? "INVALID" : "FAILED", known.problems());
        }

        /** Says what is wrong and returns the status of the first error. */
        private int end(String status, List<Problem> problems) {
            new ProblemPrinter(console).print(problems);
            document(status, problems);
            return problems.stream()
                    .filter(Problem::isError)
                    .findFirst()
                    .orElseThrow()
                    .code()
                    .kind()
                    .exitStatus();
        }

        /** Prints the document that was asked for, also where the command line could not be understood. */
        private void document(String status, List<Problem> problems) {
            if (Arrays.asList(args).contains("--json")) {
                console.document(OutcomeJson.of(status, Optional.empty(), problems));
            }
        }
    }
}
