package io.arrakis.runtime.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.Severity;
import io.arrakis.api.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/** Problems on their way from a worker, with all that a person is told. */
final class ProblemJson {

    private ProblemJson() {}

    static ArrayNode of(List<Problem> problems) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Problem problem : problems) {
            SourceLocation place = problem.location();
            all.addObject()
                    .put("code", problem.code().name())
                    .put("severity", problem.severity().name())
                    .put("origin", place.origin())
                    .put("line", place.line())
                    .put("column", place.column())
                    .put("length", place.length())
                    .put("text", place.text())
                    .put("message", problem.message())
                    .put("mend", problem.mend());
        }
        return all;
    }

    static List<Problem> read(JsonNode all) {
        List<Problem> problems = new ArrayList<>();
        for (JsonNode one : all) {
            SourceLocation place = new SourceLocation(
                    one.path("origin").asText(),
                    one.path("line").asInt(),
                    one.path("column").asInt(),
                    one.path("length").asInt(),
                    one.path("text").asText());
            problems.add(new Problem(
                    ErrorCode.valueOf(one.path("code").asText()),
                    Severity.valueOf(one.path("severity").asText()),
                    place,
                    one.path("message").asText(),
                    one.path("mend").asText()));
        }
        return problems;
    }
}
