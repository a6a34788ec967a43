package io.arrakis.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.plan.PassEstimate;
import io.arrakis.runtime.plan.PassOutcome;
import io.arrakis.runtime.result.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code manifest.json}: what a run is and how it stands. Written when the run begins and replaced when it ends; the first end
 * counts. Safe for use by several threads.
 */
final class Manifest {

    private static final int FORMAT = 1;
    private static final double MILLIS = 1000;

    private final Path file;
    private final Instant started;
    private final ObjectNode tree;
    private final ArrayNode passes;
    private final ArrayNode steps;
    private final Map<StepId, ObjectNode> stepNodes = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private long passesRun;
    private long passesCached;
    private long passesNotKept;
    private long examples;
    private long tokens;
    private boolean ended;

    Manifest(Path file, String name, String identity, Instant started) {
        this.file = file;
        this.started = started;
        this.tree = JsonNodeFactory.instance.objectNode();
        tree.put("format", FORMAT).put("state", RunState.RUNNING.name());
        tree.put("name", name).put("identity", identity);
        tree.put("started", text(started)).putNull("finished").putNull("seconds");
        owner(Owner.current());
        for (String later : List.of("arguments", "versions", "model", "data", "tools", "device", "layout")) {
            tree.putObject(later);
        }
        this.passes = tree.putArray("passes");
        tree.putObject("forward");
        this.steps = tree.putArray("steps");
        tree.putArray("warnings");
        tree.putArray("problems");
    }

    /** Says which trial of a sweep this is. */
    void trial(TrialMark trial) {
        ObjectNode node = tree.putObject("trial").put("id", trial.id());
        ObjectNode settings = node.putObject("settings");
        trial.settings().forEach(settings::put);
        node.put("attempt", trial.attempt()).put("batch_divisor", trial.batchDivisor());
    }

    /** Says that the result of a step was taken over from another trial. */
    synchronized void sameAs(StepId id, String other) {
        stepNodes.get(id).put("same_as", other);
    }

    private void owner(Owner owner) {
        tree.putObject("owner")
                .put("host", owner.host())
                .put("pid", owner.pid())
                .put(
                        "process_started",
                        owner.processStarted().map(Instant::toString).orElse(null));
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Returns an object of the manifest, to be filled before it is first written. */
    ObjectNode part(String name) {
        return (ObjectNode) tree.get(name);
    }

    synchronized void write() {
        AtomicFiles.write(file, Json.text(tree));
    }

    synchronized void step(StepId id, String use, String directory) {
        ObjectNode node = steps.addObject().put("name", id.step()).put("use", use);
        node.put("control", id.control().map(Control::id).orElse(null));
        node.put("state", "PENDING").put("directory", directory).putNull("seconds");
        stepNodes.put(id, node);
    }

    synchronized void stepState(StepId id, String state, Optional<Double> seconds) {
        ObjectNode node = stepNodes.get(id);
        node.put("state", state);
        seconds.ifPresent(it -> node.put("seconds", rounded(it)));
    }

    synchronized void pass(PassEstimate pass, Set<String> hooks, PassOutcome outcome, double seconds) {
        boolean all = outcome.computed() == pass.targets();
        String state = outcome.computed() == 0 ? "CACHED" : all ? "RUN" : "PARTLY_CACHED";
        ObjectNode node = passes.addObject().put("model", pass.model()).put("texts", pass.texts());
        ArrayNode names = node.putArray("hooks");
        hooks.forEach(names::add);
        node.put("examples", pass.examples()).put("tokens", pass.tokens()).put("bytes", pass.bytes());
        node.put("state", state).put("seconds", rounded(seconds));
        if (outcome.computed() == 0) {
            passesCached++;
        } else {
            passesRun++;
        }
        forward(outcome.examples(), outcome.tokens());
    }

    /** Counts passes that an operation ran itself. */
    synchronized void further(DeclaredPasses passes) {
        passesRun += passes.ran();
        passesCached += passes.found();
        passesNotKept += passes.once();
        forward(passes.texts(), passes.tokens());
    }

    /** Says how many bytes of the model's files were read. */
    synchronized void bytesRead(long bytes) {
        part("model").put("bytes_read", bytes);
    }

    private void forward(long moreExamples, long moreTokens) {
        examples += moreExamples;
        tokens += moreTokens;
    }

    synchronized void warning(Optional<StepId> step, String message) {
        warnings.add(message);
        ((ArrayNode) tree.get("warnings"))
                .addObject()
                .put("step", step.map(StepId::step).orElse(null))
                .put("control", step.flatMap(StepId::control).map(Control::id).orElse(null))
                .put("message", message);
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Puts how the run ended into the tree, without writing it. */
    synchronized void prepareEnd(RunState state, List<Problem> problems) {
        Instant now = Instant.now();
        tree.put("state", state.name()).put("finished", text(now));
        tree.put("seconds", rounded(Duration.between(started, now).toMillis() / MILLIS));
        part("forward")
                .put("passes_run", passesRun)
                .put("passes_cached", passesCached)
                .put("passes_not_kept", passesNotKept)
                .put("examples", examples)
                .put("tokens", tokens);
        tree.putArray("problems");
        problems.forEach(this::problem);
    }

    /** Returns a copy of what would be written now. */
    synchronized JsonNode tree() {
        return tree.deepCopy();
    }

    /** Says how the run ended; does nothing if that was said before. */
    synchronized void end(RunState state, List<Problem> problems) {
        if (ended) {
            return;
        }
        prepareEnd(state, problems);
        write();
        ended = true;
    }

    private void problem(Problem problem) {
        ((ArrayNode) tree.get("problems"))
                .addObject()
                .put("code", problem.code().id())
                .put("kind", problem.code().kind().name())
                .put("severity", problem.severity().name())
                .put("where", problem.location().toString())
                .put("message", problem.message())
                .put("mend", problem.mend());
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * MILLIS) / MILLIS;
    }
}
