package io.arrakis.runner;

import io.arrakis.runner.render.Console;
import java.util.List;

/** Starts the command line. The only place that ends the process. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its status. */
    public static void main(String[] args) {
        Logging.toTheConsole();
        System.exit(new CommandLines(Console.ofProcess(isQuiet(List.of(args)))).run(args));
    }

    /** The console is there before the arguments are understood, since it says what is wrong with them. */
    static boolean isQuiet(List<String> args) {
        return args.contains("--quiet") || args.contains("-q");
    }
}
