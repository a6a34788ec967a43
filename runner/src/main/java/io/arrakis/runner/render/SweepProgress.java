package io.arrakis.runner.render;

import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.sweep.FailureCause;
import io.arrakis.runtime.sweep.SweepListener;
import io.arrakis.runtime.sweep.Trial;
import io.arrakis.runtime.sweep.TrialResult;
import io.arrakis.runtime.sweep.TrialState;
import io.arrakis.runtime.sweep.TrialStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says on a console how a sweep goes on: a table that is drawn anew on a terminal, a line for each trial elsewhere. */
public final class SweepProgress implements SweepListener, AutoCloseable {

    private static final int LABEL = 60;

    private final Console console;
    private final RunProgress passes;
    private final Map<String, String> running = new LinkedHashMap<>();
    private int todo;
    private int ended;
    private int failed;
    private int drawn;
    private long started = System.nanoTime();

    /** Says it on a console. */
    public SweepProgress(Console console) {
        this.console = console;
        this.passes = new RunProgress(console);
    }

    @Override
    public synchronized void started(Path directory, List<TrialResult> trials, int todo) {
        this.todo = todo;
        this.started = System.nanoTime();
        console.say("sweep directory " + directory);
        if (todo > 0) {
            console.say(todo + " of " + trials.size() + " trials to run");
        }
    }

    @Override
    public synchronized void warned(String message) {
        boolean table = drawn > 0;
        clear();
        console.say(console.styled(Style.WARNING, "warning") + ": " + message);
        if (table) {
            draw();
        }
    }

    @Override
    public RunListener passes() {
        return passes;
    }

    @Override
    public synchronized void trialStarted(Trial trial) {
        running.put(trial.id(), trial.label());
        draw();
    }

    @Override
    public synchronized void trialEnded(TrialResult result) {
        running.remove(result.trial().id());
        TrialStatus status = result.status();
        if (status.state() == TrialState.RUNNING) {
            todo--; // another command runs it, and says how it ends
            draw();
            return;
        }
        ended++;
        failed += status.state() == TrialState.FAILED ? 1 : 0;
        if (!console.watched() || status.state() == TrialState.FAILED) {
            clear();
            console.say(ended + "/" + todo + " " + line(result));
        }
        draw();
    }

    private String line(TrialResult result) {
        TrialStatus status = result.status();
        String end = shortened(result.trial().label()) + ": " + status.state() + " in "
                + ProgressBar.duration(status.seconds());
        String smaller = status.batchDivisor() > 1 ? ", with smaller batches" : "";
        if (status.state() != TrialState.FAILED) {
            return end + smaller;
        }
        String cause = status.cause().map(FailureCause::id).orElse("");
        return console.styled(Style.ERROR, end) + smaller + " (" + cause + "): " + status.message();
    }

    /** Draws what is running, and a line of counts; the lines are written over the next time. */
    private void draw() {
        if (!console.watched()) {
            return;
        }
        clear();
        running.values().forEach(label -> console.say("  running  " + shortened(label)));
        double seconds = (System.nanoTime() - started) / 1e9;
        String left = ended == 0 ? "" : ", about " + ProgressBar.duration(seconds / ended * (todo - ended)) + " left";
        console.say("  " + (ended - failed) + " finished, " + failed + " failed, " + (todo - ended) + " to go" + left);
        drawn = running.size() + 1;
    }

    /** Returns a label that leaves room for more in its line. */
    static String shortened(String label) {
        return label.length() <= LABEL ? label : label.substring(0, LABEL) + "...";
    }

    private void clear() {
        console.back(drawn);
        drawn = 0;
    }

    @Override
    public synchronized void close() {
        clear();
    }
}
