package io.arrakis.runtime.sweep;

import io.arrakis.runtime.run.RunDirectory;
import java.nio.file.Path;

/**
 * Where the files of a sweep are.
 *
 * @param path the directory, absolute
 */
public record SweepDirectory(Path path) {

    /** Returns the folder of a trial: a run directory without a report. */
    public RunDirectory trial(String id) {
        return new RunDirectory(trials().resolve(id));
    }

    Path trials() {
        return path.resolve("trials");
    }

    /** Returns what the sweep is: its axes and trials, and how they stand. */
    public Path record() {
        return path.resolve("sweep.json");
    }

    /** Returns the report. */
    public Path report() {
        return path.resolve("report.html");
    }

    /** Returns the table of trials. */
    public Path table() {
        return path.resolve("trials.csv");
    }

    /** Returns the file as the user wrote it. */
    Path experiment() {
        return path.resolve("experiment.yaml");
    }

    /** Returns what happened, a line of JSON for each change of a trial's state, only ever added to. */
    Path journal() {
        return path.resolve("journal.jsonl");
    }

    /** Returns where the results of steps are that trials share, a line of JSON each, only ever added to. */
    Path shared() {
        return path.resolve("shared.jsonl");
    }

    /** Returns what a worker says, by its number. */
    public Path workerLog(int number) {
        return path.resolve("worker-" + number + ".log");
    }

    /** Returns the file whose regions processes lock. */
    Path locks() {
        return path.resolve("locks");
    }
}
