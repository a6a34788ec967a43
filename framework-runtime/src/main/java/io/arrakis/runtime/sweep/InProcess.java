package io.arrakis.runtime.sweep;

import java.util.List;

/** Runs trials in this process, one after the other. */
public final class InProcess implements TrialExecutor {

    @Override
    public void run(List<Trial> trials, SweepParts sweep, Ended ended) {
        try (TrialWork work = new TrialWork(sweep.directory(), sweep.session(), sweep.cancellation()::check)) {
            boolean goOn = true;
            for (Trial trial : trials) {
                if (!goOn || sweep.cancellation().isAsked()) {
                    return;
                }
                sweep.listener().trialStarted(trial);
                goOn = ended.goOn(new TrialResult(trial, work.run(trial, sweep.terms())));
            }
        }
    }
}
