package io.arrakis.runner.render;

import io.arrakis.runtime.plan.PassEstimate;
import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.run.StepId;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says on a console how a run goes on. */
public final class RunProgress implements RunListener {

    private final Console console;
    private Optional<ProgressBar> bar = Optional.empty();

    /** Says it on a console. */
    public RunProgress(Console console) {
        this.console = console;
    }

    @Override
    public void started(Path directory) {
        console.say("run directory " + directory);
    }

    @Override
    public void warned(String message) {
        console.say(console.styled(Style.WARNING, "warning") + ": " + message);
    }

    @Override
    public void planned(List<PassEstimate> passes) {
        passes.forEach(pass -> console.say(text(pass)));
    }

    private static String text(PassEstimate pass) {
        String what = String.format(
                Locale.ROOT,
                "%s: %s, %s of %s, %s",
                pass.model(),
                Counted.of(pass.examples(), "text", "texts"),
                Counted.of(pass.tokens(), "token", "tokens"),
                pass.texts(),
                Counted.of(pass.targets(), "hook point", "hook points"));
        return pass.missing() == 0
                ? what + ", all in the cache"
                : what + ", " + Bytes.text(pass.bytes()) + ", about " + ProgressBar.duration(pass.seconds());
    }

    @Override
    public void passStarted(PassEstimate pass) {
        bar = Optional.of(new ProgressBar(console, pass.model(), "tokens", pass.tokens()));
    }

    @Override
    public void passAdvanced(int examples, int tokens) {
        bar.ifPresent(it -> it.advance(tokens));
    }

    @Override
    public void passFinished(double seconds) {
        endBar();
    }

    @Override
    public void stepStarted(StepId step, String operation) {
        if (console.watched()) {
            console.overwrite(step + ": " + operation);
        }
    }

    @Override
    public void progressStarted(String what, long total) {
        bar = Optional.of(new ProgressBar(console, what, "done", total));
    }

    @Override
    public void progressAdvanced(long done) {
        bar.ifPresent(it -> it.advance(done));
    }

    @Override
    public void progressFinished() {
        endBar();
    }

    @Override
    public void stepFinished(StepId step, double seconds) {
        console.overwrite("");
        console.say(step + ": " + ProgressBar.duration(seconds));
    }

    private void endBar() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }
}
