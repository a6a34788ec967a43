package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.run.Owner;
import io.arrakis.runtime.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes what a sweep is and how its trials stand: {@code sweep.json}, and {@code trials.csv} for tables. Trials in the folder
 * that the last command did not name, of a larger grid or of other weights or code, are in {@code earlier}.
 */
public final class SweepRecord {

    private static final int FORMAT = 1;

    private final SweepDirectory directory;
    private final SweepRequest request;
    private final String identity;
    private final ArrayNode passes = JsonNodeFactory.instance.arrayNode();

    SweepRecord(SweepDirectory directory, SweepRequest request, String identity) {
        this.directory = directory;
        this.request = request;
        this.identity = identity;
        if (Files.isRegularFile(directory.record())) {
            stored(directory).path("passes").forEach(passes::add);
        }
    }

    /**
     * Reads {@code sweep.json} with the trials as their folders say now: the file is written at the beginning and at the end
     * only, and a process that was killed has written no end.
     *
     * @throws io.arrakis.api.problem.ArrakisException if it cannot be read
     */
    static ObjectNode read(SweepDirectory directory) {
        ObjectNode tree = stored(directory);
        Set<String> states = new HashSet<>();
        for (JsonNode trial : tree.path("trials")) {
            TrialStatus status =
                    TrialStatus.read(directory.trial(trial.path("id").asText()), false);
            put((ObjectNode) trial, status);
            states.add(status.state().name());
        }
        String state = tree.path("state").asText();
        boolean atWork = state.equals(RunState.RUNNING.name())
                && !TrialStatus.owner(tree).isGone();
        boolean whole = states.equals(Set.of(TrialState.FINISHED.name()));
        if (!atWork && whole) {
            tree.put("state", RunState.FINISHED.name());
        } else if (!atWork && !state.equals(RunState.FAILED.name())) {
            tree.put("state", RunState.INTERRUPTED.name());
        }
        return tree;
    }

    /**
     * Writes both files anew with the trials, the earlier ones too, as their folders say now. Where a living process runs the
     * sweep, {@code sweep.json} is left to it.
     *
     * @return what was written
     * @throws io.arrakis.api.problem.ArrakisException if one cannot be read or written
     */
    public static JsonNode refresh(SweepDirectory directory) {
        ObjectNode tree = read(directory);
        tree.set("earlier", EarlierTrials.of(directory, tree.path("trials")));
        if (!tree.path("state").asText().equals(RunState.RUNNING.name())) {
            tree.put("written", Instant.now().toString());
            AtomicFiles.write(directory.record(), Json.text(tree));
        }
        AtomicFiles.write(directory.table(), TrialTable.csv(tree));
        return tree;
    }

    private static ObjectNode stored(SweepDirectory directory) {
        try {
            if (Json.read(directory.record()) instanceof ObjectNode tree) {
                return tree;
            }
            throw new IOException("it is not a JSON object");
        } catch (IOException e) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    directory.record().toString(),
                    "it cannot be read: " + DiskProblems.reason(e),
                    "remove it, and give the command of the sweep again: what is done stays done");
        }
    }

    /** Keeps the file as its user wrote it. */
    void keepExperiment() {
        try {
            AtomicFiles.write(directory.experiment(), Files.readAllBytes(request.file()));
        } catch (IOException e) {
            throw DiskProblems.notWritten(directory.experiment(), e);
        }
    }

    /** Takes the passes that trials shared this time. */
    void passes(List<JointPasses.Done> more) {
        more.forEach(pass -> passes.add(pass(pass)));
    }

    /** Replaces both files. */
    void write(String state, List<TrialResult> trials) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("format", FORMAT).put("state", state);
        tree.put("name", request.sweep().name()).put("identity", identity);
        tree.put("written", Instant.now().toString());
        owner(tree, Owner.current());
        tree.put("file", request.file().toString());
        ArrayNode overrides = tree.putArray("set");
        request.overrides().forEach(overrides::add);
        tree.put("limit", request.limit().isPresent() ? request.limit().getAsInt() : null);
        ArrayNode axes = tree.putArray("axes");
        request.sweep().axes().forEach(axes::add);
        tree.set("passes", passes);
        ArrayNode list = tree.putArray("trials");
        trials.forEach(result -> list.add(trial(result)));
        tree.set("earlier", EarlierTrials.of(directory, list));
        AtomicFiles.write(directory.record(), Json.text(tree));
        AtomicFiles.write(directory.table(), TrialTable.csv(tree));
    }

    private static void owner(ObjectNode tree, Owner owner) {
        tree.put("pid", owner.pid()).put("host", owner.host());
        owner.processStarted().ifPresent(time -> tree.put("process_started", time.toString()));
    }

    private static ObjectNode pass(JointPasses.Done pass) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model", pass.estimate().model())
                .put("texts", pass.estimate().texts())
                .put("hook_points", pass.estimate().targets())
                .put("computed", pass.computed())
                .put("examples", pass.examples())
                .put("tokens", pass.tokens())
                .put("seconds", pass.seconds());
    }

    private static ObjectNode trial(TrialResult result) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        result.trial().settings().forEach(settings::put);
        return trial(result.trial().id(), settings, result.status());
    }

    /** Returns what is written of a trial. */
    static ObjectNode trial(String id, ObjectNode settings, TrialStatus status) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", id).put("state", status.state().name());
        node.set("settings", settings);
        return put(node, status);
    }

    /** Says how a trial stands. */
    private static ObjectNode put(ObjectNode node, TrialStatus status) {
        node.put("state", status.state().name());
        node.put("cause", status.cause().map(FailureCause::id).orElse(null));
        node.put("code", status.failure().map(TrialFailure::code).orElse(null));
        node.put("where", status.failure().map(TrialFailure::where).orElse(null));
        node.put("message", status.failure().map(TrialFailure::message).orElse(null));
        node.put("mend", status.failure().map(TrialFailure::mend).orElse(null));
        node.put("attempt", status.attempt()).put("seconds", status.seconds());
        return node.put("smaller_batches", status.batchDivisor() > 1);
    }
}
