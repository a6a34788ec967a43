package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.Owner;
import io.arrakis.runtime.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

/**
 * How a trial stands, as its folder says.
 *
 * @param state        how it stands
 * @param failure      why it failed
 * @param attempt      how often it has begun
 * @param seconds      how long the last attempt took
 * @param batchDivisor above 1 where batches had to be smaller: its last bits may differ from those of others
 */
public record TrialStatus(
        TrialState state, Optional<TrialFailure> failure, int attempt, double seconds, int batchDivisor) {

    /** Not begun. */
    public static final TrialStatus PENDING = new TrialStatus(TrialState.PENDING, Optional.empty(), 0, 0, 1);

    /** Returns whose fault it is that it failed. */
    public Optional<FailureCause> cause() {
        return failure.map(TrialFailure::cause);
    }

    /** Returns the error, such as {@code NOT-FINITE}; empty where it did not fail. */
    public String code() {
        return failure.map(TrialFailure::code).orElse("");
    }

    /** Returns what is wrong, in one sentence; empty where it did not fail. */
    public String message() {
        return failure.map(TrialFailure::message).orElse("");
    }

    /**
     * Reads how a trial stands. One that says RUNNING is interrupted where nobody holds its lock and its process, known by its
     * number and the time at which it started, is gone.
     *
     * @param locked whether a living process holds the lock of the trial
     */
    static TrialStatus read(RunDirectory directory, boolean locked) {
        if (!Files.isRegularFile(directory.manifest())) {
            return locked ? PENDING.as(TrialState.RUNNING) : PENDING;
        }
        try {
            return read(Json.read(directory.manifest()), locked);
        } catch (IOException e) {
            // A manifest appears by a rename; one that cannot be read was changed by others. The trial begins anew.
            return PENDING.as(TrialState.INTERRUPTED);
        }
    }

    /** Returns the machine that a trial says it runs on. */
    static String host(RunDirectory directory) {
        try {
            return Json.read(directory.manifest()).path("owner").path("host").asText();
        } catch (IOException e) {
            return "another machine"; // it is changing it just now
        }
    }

    /** Reads how a trial stands that has this manifest. */
    static TrialStatus read(JsonNode manifest, boolean locked) {
        JsonNode problem = manifest.path("problems").path(0);
        Optional<TrialFailure> failure = problem.has("code") ? Optional.of(TrialFailure.of(problem)) : Optional.empty();
        JsonNode trial = manifest.path("trial");
        return new TrialStatus(
                state(manifest, failure.map(TrialFailure::cause), locked),
                failure,
                trial.path("attempt").asInt(1),
                manifest.path("seconds").asDouble(0),
                trial.path("batch_divisor").asInt(1));
    }

    private static TrialState state(JsonNode manifest, Optional<FailureCause> cause, boolean locked) {
        String state = manifest.path("state").asText();
        if (state.equals("FINISHED")) {
            return TrialState.FINISHED;
        }
        if (state.equals("FAILED")) {
            // What the disk refused is no finding about the trial.
            return cause.equals(Optional.of(FailureCause.DISK)) ? TrialState.INTERRUPTED : TrialState.FAILED;
        }
        boolean owned = state.equals("RUNNING") && isAtWork(owner(manifest.path("owner")));
        return locked || owned ? TrialState.RUNNING : TrialState.INTERRUPTED;
    }

    /** A process of another machine is not known to be gone. This one knows what it works on by its locks. */
    private static boolean isAtWork(Owner owner) {
        return !owner.isGone() && !owner.equals(Owner.current());
    }

    /** Reads a process that was written down with the time at which it started, if that was known. */
    static Owner owner(JsonNode owner) {
        Optional<Instant> started =
                Optional.ofNullable(owner.path("process_started").textValue()).map(Instant::parse);
        return new Owner(owner.path("host").asText(), owner.path("pid").asLong(), started);
    }

    TrialStatus as(TrialState other) {
        return new TrialStatus(other, failure, attempt, seconds, batchDivisor);
    }
}
