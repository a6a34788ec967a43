package io.arrakis.runtime.run;

import io.arrakis.api.result.Evaluation;
import io.arrakis.runtime.result.EvaluationFile;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.run.StepGraph.StepNode;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Saves results of steps, holds the figures of steps beside those of their controls, and gathers warnings. */
final class StepSaver {

    private static final String WARNINGS = "warnings";

    private final RunParts parts;
    private final StepGraph graph;
    private final Map<StepId, Evaluation> evaluations = new HashMap<>();

    StepSaver(RunParts parts, StepGraph graph) {
        this.parts = parts;
        this.graph = graph;
    }

    void save(StepNode node, Record result) {
        StepId id = node.id();
        ResultFiles.write(
                parts.directory().result(id),
                node.spec().operation().fullName(),
                id.control().map(Control::id),
                result);
        tell(id, result);
        evaluation(id.step());
    }

    /** Takes over the files of an equal step; returns false if they are gone. */
    boolean adopt(StepNode node, Path from) {
        StepId id = node.id();
        if (!ResultFiles.copy(from, parts.directory().result(id))) {
            return false;
        }
        Class<? extends Record> shape = node.spec().operation().result();
        if (tellsMore(shape)) {
            tell(id, ResultFiles.read(parts.directory().result(id), shape));
        }
        evaluation(id.step());
        return true;
    }

    private void tell(StepId id, Record result) {
        EvaluationFile.of(result).ifPresent(evaluation -> evaluations.put(id, evaluation));
        warnings(result).forEach(warning -> parts.warn(Optional.of(id), warning));
    }

    /** Most results need not be read for that. */
    private static boolean tellsMore(Class<? extends Record> shape) {
        return Arrays.stream(shape.getRecordComponents())
                .anyMatch(component -> component.getName().equals(WARNINGS)
                        || component.getGenericType().getTypeName().contains(Evaluation.class.getName()));
    }

    private void evaluation(String step) {
        Evaluation own = evaluations.get(StepId.of(step));
        if (own == null) {
            return;
        }
        Map<String, Evaluation> controls = new LinkedHashMap<>();
        graph.controlsOf(step).forEach((control, node) -> {
            if (evaluations.containsKey(node.id())) {
                controls.put(control.id(), evaluations.get(node.id()));
            }
        });
        EvaluationFile.write(parts.directory().result(StepId.of(step)), own, controls);
    }

    private static List<String> warnings(Record result) {
        for (RecordComponent component : result.getClass().getRecordComponents()) {
            if (component.getName().equals(WARNINGS) && Components.value(component, result) instanceof List<?> list) {
                return list.stream().map(String::valueOf).toList();
            }
        }
        return List.of();
    }
}
