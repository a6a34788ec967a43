package io.arrakis.runner.command;

import picocli.CommandLine.Option;

/** What a command prints, and where. */
final class OutputOptions {

    @Option(names = "--json", description = "Prints one JSON document on the standard output.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Says nothing but what is wrong.")
    private boolean quiet;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }
}
