package io.arrakis.runtime.sweep;

import java.util.Objects;

/**
 * A trial and how it stands.
 *
 * @param trial  which
 * @param status how it stands
 */
public record TrialResult(Trial trial, TrialStatus status) {

    /** Checks that nothing is null. */
    public TrialResult {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(status, "status");
    }
}
