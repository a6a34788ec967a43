package io.arrakis.runner;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts the command line. The only place that ends the process. */
@Command(
        name = "arrakis",
        description = "Runs experiments that look inside transformer language models.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
