package io.arrakis.runner.render;

import io.arrakis.runtime.plan.PassEstimate;
import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.sweep.FailureCause;
import io.arrakis.runtime.sweep.SweepOutcome;
import io.arrakis.runtime.sweep.SweepPlan;
import io.arrakis.runtime.sweep.TrialFailure;
import io.arrakis.runtime.sweep.TrialResult;
import io.arrakis.runtime.sweep.TrialState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is printed of a sweep before it runs and when it is over. */
public final class SweepPages {

    private static final int MOST_TRIALS = 200;
    private static final int MOST_FAILURES = 50;

    private final Console console;

    /** Prints to a console. */
    public SweepPages(Console console) {
        this.console = console;
    }

    /** Prints the trials and the passes that they share. */
    public void print(SweepPlan plan) {
        TextTable table = new TextTable();
        Set<String> axes = new LinkedHashSet<>();
        plan.trials().forEach(result -> axes.addAll(result.trial().settings().keySet()));
        List<String> header = new ArrayList<>(List.of("trial", "state"));
        header.addAll(axes);
        table.row(header.toArray(String[]::new));
        plan.trials().stream().limit(MOST_TRIALS).forEach(result -> table.row(row(result, axes)));
        table.lines().forEach(console::result);
        if (plan.trials().size() > MOST_TRIALS) {
            console.result("and " + (plan.trials().size() - MOST_TRIALS) + " more; --json prints all");
        }
        console.result("");
        plan.passes().forEach(pass -> console.result(text(pass)));
        plan.unplanned()
                .forEach(trial -> console.result(
                        "not known before it runs, or fails: " + SweepProgress.shortened(trial.label())));
        PassEstimate[] passes =
                plan.passes().stream().map(JointPasses.Planned::estimate).toArray(PassEstimate[]::new);
        long bytes = 0;
        double seconds = 0;
        int missing = 0;
        for (PassEstimate pass : passes) {
            bytes += pass.bytes();
            seconds += pass.seconds();
            missing += pass.missing() == 0 ? 0 : 1;
        }
        console.result(String.format(
                Locale.ROOT,
                "%d of %d trials to run; %d forward pass%s, %s of activations, about %s of forward work",
                plan.todo(),
                plan.trials().size(),
                missing,
                missing == 1 ? "" : "es",
                Bytes.text(bytes),
                ProgressBar.duration(seconds)));
        console.result("they go to " + plan.directory());
    }

    private static String[] row(TrialResult result, Set<String> axes) {
        List<String> cells = new ArrayList<>();
        cells.add(result.trial().id());
        cells.add(result.status().state().name());
        axes.forEach(axis -> cells.add(result.trial().settings().getOrDefault(axis, "")));
        return cells.toArray(String[]::new);
    }

    private static String text(JointPasses.Planned pass) {
        PassEstimate estimate = pass.estimate();
        String what = String.format(
                Locale.ROOT,
                "pass of %s over %s: %s, %s, %s, %s of at most %,d tokens",
                estimate.model(),
                estimate.texts(),
                Counted.of(estimate.examples(), "text", "texts"),
                Counted.of(estimate.tokens(), "token", "tokens"),
                Counted.of(estimate.targets(), "hook point", "hook points"),
                Counted.of(pass.batches(), "batch", "batches"),
                pass.tokensPerBatch());
        return estimate.missing() == 0
                ? what + "; all in the cache"
                : what + "; " + Bytes.text(estimate.bytes()) + ", about " + ProgressBar.duration(estimate.seconds());
    }

    /** Says which trials failed, each with its cause. */
    public void failures(SweepOutcome outcome) {
        List<TrialResult> failed = outcome.trials().stream()
                .filter(result -> result.status().state() == TrialState.FAILED)
                .toList();
        if (failed.isEmpty()) {
            return;
        }
        TextTable table = new TextTable().row("trial", "settings", "cause", "error");
        failed.stream()
                .limit(MOST_FAILURES)
                .forEach(result -> table.row(
                        result.trial().id(),
                        SweepProgress.shortened(result.trial().label()),
                        result.status().cause().map(FailureCause::id).orElse(""),
                        result.status().failure().map(TrialFailure::text).orElse("")));
        table.lines().forEach(console::complain);
        if (failed.size() > MOST_FAILURES) {
            console.complain("and " + (failed.size() - MOST_FAILURES) + " more; see trials.csv");
        }
    }

    /** Says how the sweep ended, and where the rest is. */
    public void end(SweepOutcome outcome) {
        long finished = outcome.count(TrialState.FINISHED);
        long failed = outcome.count(TrialState.FAILED);
        long open = outcome.trials().size() - finished - failed;
        String counts = finished + " of " + outcome.trials().size() + " trials finished"
                + (failed == 0 ? "" : ", " + failed + " failed")
                + (open == 0 ? "" : ", " + open + " not done");
        String ran = outcome.ran() == 0 && open == 0 ? "nothing to do: " : "";
        String again = ran.isEmpty() || failed == 0 ? "" : "; --retry failed begins what failed again";
        console.result(
                ran + counts + again + "; the report is " + outcome.directory().report());
    }
}
