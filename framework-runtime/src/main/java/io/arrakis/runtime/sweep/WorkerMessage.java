package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.spec.Experiment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a worker is told: a trial as its resolved experiment, and what it is run with. A line of JSON.
 *
 * @param id         the trial; the worker finds the same identity, or refuses
 * @param settings   what the sweep set
 * @param experiment the resolved experiment as YAML, with absolute paths
 * @param terms      what it is run with
 */
record WorkerMessage(String id, Map<String, String> settings, String experiment, TrialWork.Terms terms) {

    static WorkerMessage of(Trial trial, TrialWork.Terms terms) {
        return new WorkerMessage(
                trial.id(), trial.settings(), trial.experiment().yaml(), terms);
    }

    /** Returns the trial of an experiment that was read from this. */
    Trial trial(Experiment read) {
        return new Trial(id, settings, read);
    }

    String line() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("trial", id).put("experiment", experiment);
        ObjectNode set = tree.putObject("settings");
        settings.forEach(set::put);
        tree.put("file", terms.file()).put("batch_divisor", terms.batchDivisor());
        tree.put("limit", terms.limit().isPresent() ? terms.limit().getAsInt() : null);
        ArrayNode overrides = tree.putArray("set");
        terms.overrides().forEach(overrides::add);
        ArrayNode again = tree.putArray("again");
        terms.again().forEach(state -> again.add(state.name()));
        return Json.line(tree);
    }

    static WorkerMessage parse(String line) throws IOException {
        JsonNode tree = Json.parse(line);
        Map<String, String> settings = new LinkedHashMap<>();
        tree.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        List<String> overrides = new ArrayList<>();
        tree.path("set").forEach(item -> overrides.add(item.asText()));
        Set<TrialState> again = EnumSet.noneOf(TrialState.class);
        tree.path("again").forEach(item -> again.add(TrialState.valueOf(item.asText())));
        JsonNode limit = tree.path("limit");
        TrialWork.Terms terms = new TrialWork.Terms(
                tree.path("file").asText(),
                overrides,
                limit.isInt() ? OptionalInt.of(limit.intValue()) : OptionalInt.empty(),
                again,
                tree.path("batch_divisor").asInt());
        return new WorkerMessage(
                tree.path("trial").asText(), settings, tree.path("experiment").asText(), terms);
    }
}
