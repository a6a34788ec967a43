package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.run.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes what a sweep is and how its trials stand: {@code sweep.json}, and {@code trials.csv} for tables. */
final class SweepRecord {

    private static final int FORMAT = 1;

    private final SweepDirectory directory;
    private final SweepRequest request;
    private final String identity;
    private final List<JointPasses.Done> passes = new ArrayList<>();

    SweepRecord(SweepDirectory directory, SweepRequest request, String identity) {
        this.directory = directory;
        this.request = request;
        this.identity = identity;
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
        passes.addAll(more);
    }

    /** Replaces both files. */
    void write(String state, List<TrialResult> trials) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("format", FORMAT).put("state", state);
        tree.put("name", request.sweep().name()).put("identity", identity);
        tree.put("written", Instant.now().toString());
        tree.put("pid", Owner.current().pid()).put("host", Owner.current().host());
        tree.put("file", request.file().toString());
        ArrayNode overrides = tree.putArray("set");
        request.overrides().forEach(overrides::add);
        tree.put("limit", request.limit().isPresent() ? request.limit().getAsInt() : null);
        ArrayNode axes = tree.putArray("axes");
        request.sweep().axes().forEach(axes::add);
        ArrayNode shared = tree.putArray("passes");
        passes.forEach(pass -> shared.add(pass(pass)));
        ArrayNode list = tree.putArray("trials");
        trials.forEach(result -> list.add(trial(result)));
        AtomicFiles.write(directory.record(), Json.text(tree));
        AtomicFiles.write(directory.table(), new TrialTable(request.sweep().axes()).csv(trials));
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
        TrialStatus status = result.status();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", result.trial().id()).put("state", status.state().name());
        ObjectNode settings = node.putObject("settings");
        result.trial().settings().forEach(settings::put);
        node.put("cause", status.cause().map(FailureCause::id).orElse(null));
        node.put("code", status.code().isEmpty() ? null : status.code());
        node.put("message", status.message().isEmpty() ? null : status.message());
        node.put("attempt", status.attempt()).put("seconds", status.seconds());
        return node.put("smaller_batches", status.batchDivisor() > 1);
    }
}
