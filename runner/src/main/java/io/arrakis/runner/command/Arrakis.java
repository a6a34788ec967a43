package io.arrakis.runner.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which asks for a subcommand. */
@Command(
        name = "arrakis",
        description = "Runs experiments that look inside transformer language models.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            SweepCommand.class,
            WorkerCommand.class,
            ValidateCommand.class,
            ReportCommand.class,
            GraphCommand.class,
            ToolsCommand.class,
            SchemaCommand.class,
            PluginCommand.class,
            ModelCommand.class,
            VerifyModelCommand.class,
            CaptureCommand.class,
            CacheCommand.class,
            HelpCommand.class
        })
public final class Arrakis implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }
}
