package io.arrakis.runtime.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.NearestNames;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.api.result.Graph;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.result.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The graphs of a run, in the order in which its steps ran; those of controls are not among them.
 *
 * @param run    the run directory
 * @param graphs where each is
 */
public record RunGraphs(Path run, List<Found> graphs) {

    private static final String MEND = "run the experiment again";

    /** Copies the list. */
    public RunGraphs {
        graphs = List.copyOf(graphs);
    }

    /**
     * A graph of a step.
     *
     * @param name the step and the place in its result, such as {@code relations.graph}
     * @param file the GraphML file
     */
    public record Found(String name, Path file) {

        /** Reads it. */
        public Graph read() {
            try {
                return ResultFiles.graph(file);
            } catch (IOException e) {
                throw new ArrakisException(
                        List.of(Problem.error(
                                ErrorCode.FILE_MISSING,
                                SourceLocation.of(file.toString()),
                                "the graph cannot be read: " + DiskProblems.reason(e),
                                MEND)),
                        e);
            }
        }
    }

    /**
     * Looks through the results of a run.
     *
     * @throws ArrakisException with {@code FILE-MISSING} if it is no run directory, or its files cannot be read
     */
    public static RunGraphs of(Path run) {
        JsonNode manifest = RunManifest.read(run);
        try {
            List<Found> found = new ArrayList<>();
            for (JsonNode step : manifest.path("steps")) {
                if (step.path("control").isNull()) {
                    collect(run, step.path("name").asText(), found);
                }
            }
            return new RunGraphs(run, found);
        } catch (IOException e) {
            throw new ArrakisException(
                    List.of(Problem.error(
                            ErrorCode.FILE_MISSING,
                            SourceLocation.of(run.toString()),
                            "it cannot be read: " + DiskProblems.reason(e),
                            MEND)),
                    e);
        }
    }

    private static void collect(Path run, String step, List<Found> found) throws IOException {
        Path directory = run.resolve("results").resolve(step);
        Path result = directory.resolve("result.json");
        if (Files.isRegularFile(result)) {
            collect(step, Json.read(result).path("result"), directory, found);
        }
    }

    private static void collect(String name, JsonNode node, Path directory, List<Found> found) {
        if (node.has("$graph")) {
            found.add(new Found(name, directory.resolve(node.path("$graph").asText())));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(name + "." + i, node.get(i), directory, found);
            }
        } else {
            node.properties()
                    .forEach(entry -> collect(name + "." + entry.getKey(), entry.getValue(), directory, found));
        }
    }

    /**
     * Returns one of them.
     *
     * @param name a step, or a step and the place in its result; the last graph of the run if empty
     * @throws ArrakisException with {@code TOOL-INPUT} if there is none, or none of that name
     */
    public Found get(Optional<String> name) {
        if (graphs.isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    run.toString(),
                    "no step of this run has left a graph",
                    "run an experiment with a step such as kg_extractor.build_knowledge_graph");
        }
        if (name.isEmpty()) {
            return graphs.get(graphs.size() - 1);
        }
        String wanted = name.get();
        return graphs.stream()
                .filter(graph -> graph.name().equals(wanted) || graph.name().startsWith(wanted + "."))
                .findFirst()
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.TOOL_INPUT,
                        "--graph",
                        "this run has no graph '" + wanted + "'",
                        "it has "
                                + String.join(
                                        ", ",
                                        NearestNames.of(
                                                wanted,
                                                graphs.stream().map(Found::name).toList(),
                                                10))));
    }

    /** Returns the last graph that has a node of this label or id, the last of all where none has. */
    public Found lastWith(String node) {
        Found last = get(Optional.empty());
        for (int i = graphs.size() - 1; i >= 0; i--) {
            if (Neighbourhood.has(graphs.get(i).read(), node)) {
                return graphs.get(i);
            }
        }
        return last;
    }
}
