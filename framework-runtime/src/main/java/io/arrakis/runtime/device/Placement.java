package io.arrakis.runtime.device;

import java.util.Objects;

/**
 * Where an experiment is computed.
 *
 * @param forward  where the forward pass runs
 * @param analyses where matrix products of the analyses run
 * @param why      one or two sentences for the log and the run record
 */
public record Placement(Device forward, Device analyses, String why) {

    /** Checks that nothing is null. */
    public Placement {
        Objects.requireNonNull(forward, "forward");
        Objects.requireNonNull(analyses, "analyses");
        Objects.requireNonNull(why, "why");
    }
}
