package io.arrakis.runner.command;

import io.arrakis.runner.render.Console;
import io.arrakis.runtime.report.Report;
import io.arrakis.runtime.report.SweepReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes the report of a run again. */
@Command(
        name = "report",
        description = "Makes the report of a run again, from its directory alone.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "A run directory.")
    private Path run;

    private final Console console;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.result((SweepReport.isSweep(run) ? SweepReport.write(run) : Report.write(run)).toString());
        return ExitStatus.DONE.number();
    }
}
