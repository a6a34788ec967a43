package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The trials in the folder of a sweep that a command does not name: a grid that is smaller now had them, or other weights. */
final class EarlierTrials {

    private EarlierTrials() {}

    /** Returns those that have begun, by their ids in order, each with its settings and how it stands. */
    static ArrayNode of(SweepDirectory directory, JsonNode named) {
        Set<String> ids = new HashSet<>();
        named.forEach(trial -> ids.add(trial.path("id").asText()));
        ArrayNode earlier = JsonNodeFactory.instance.arrayNode();
        for (String id : folders(directory.trials())) {
            if (!ids.contains(id)) {
                trial(id, directory.trial(id)).ifPresent(earlier::add);
            }
        }
        return earlier;
    }

    private static List<String> folders(Path trials) {
        if (!Files.isDirectory(trials)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(trials)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    trials.toString(),
                    "it cannot be read: " + DiskProblems.reason(e),
                    "make it readable, and give the same command again");
        }
    }

    /** A folder without a manifest that can be read says nothing about a trial. */
    private static Optional<ObjectNode> trial(String id, RunDirectory folder) {
        JsonNode manifest;
        try {
            manifest = Json.read(folder.manifest());
        } catch (IOException e) {
            return Optional.empty();
        }
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        manifest.path("trial").path("settings").properties().forEach(it -> settings.set(it.getKey(), it.getValue()));
        return Optional.of(SweepRecord.trial(id, settings, TrialStatus.read(manifest, false)));
    }
}
