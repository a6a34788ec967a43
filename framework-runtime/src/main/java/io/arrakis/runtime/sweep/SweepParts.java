package io.arrakis.runtime.sweep;

import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunSession;

/**
 * What belongs to one sweep while it runs.
 *
 * @param directory    where its files go
 * @param session      what trials in this process share
 * @param terms        what trials are run with
 * @param listener     is told how it goes on
 * @param cancellation says whether to stop
 */
public record SweepParts(
        SweepDirectory directory,
        RunSession session,
        TrialWork.Terms terms,
        SweepListener listener,
        Cancellation cancellation) {}
