package io.arrakis.runner.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.result.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The one document that {@code --json} prints. */
public final class OutcomeJson {

    private OutcomeJson() {}

    /**
     * Returns the document.
     *
     * @param status FINISHED, FAILED, INTERRUPTED, VALID or INVALID
     * @param run    the run directory
     */
    public static String of(String status, Optional<Path> run, List<Problem> problems) {
        return Json.text(tree(status, run, problems)).stripTrailing();
    }

    static ObjectNode tree(String status, Optional<Path> run, List<Problem> problems) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("status", status);
        document.put("run", run.map(path -> path.toAbsolutePath().toString()).orElse(null));
        ArrayNode list = document.putArray("problems");
        problems.forEach(problem -> list.add(problem(problem)));
        return document;
    }

    private static ObjectNode problem(Problem problem) {
        SourceLocation place = problem.location();
        return JsonNodeFactory.instance
                .objectNode()
                .put("severity", problem.severity().name())
                .put("code", problem.code().id())
                .put("kind", problem.code().kind().name())
                .put("origin", place.origin())
                .put("line", place.line())
                .put("column", place.column())
                .put("message", problem.message())
                .put("mend", problem.mend());
    }
}
