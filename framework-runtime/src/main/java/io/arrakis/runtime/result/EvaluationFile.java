package io.arrakis.runtime.result;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.runtime.files.AtomicFiles;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures of a step beside those of its controls: {@code evaluation.csv}. */
public final class EvaluationFile {

    /** The control whose values have a column of their own. */
    public static final String RANDOM_MODEL = "random_model";

    static final String NAME = "evaluation.csv";
    private static final List<String> HEADER = List.of("id", "figure", "value", "low", "high", "control", "required");

    private EvaluationFile() {}

    /** Returns the evaluation that a result has as a component, or as an optional component. */
    public static Optional<Evaluation> of(Record result) {
        return Arrays.stream(result.getClass().getRecordComponents())
                .map(component -> evaluation(component, result))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Evaluation> evaluation(RecordComponent component, Record result) {
        Object value = Structure.value(component, result);
        Object inner = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return inner instanceof Evaluation evaluation ? Optional.of(evaluation) : Optional.empty();
    }

    /**
     * Writes or replaces the file.
     *
     * @param directory the step's directory
     * @param own       the step's own figures
     * @param controls  the figures of its controls by name, in the order in which their rows are to stand
     */
    public static void write(Path directory, Evaluation own, Map<String, Evaluation> controls) {
        StringBuilder csv = new StringBuilder();
        TableCsv.line(csv, HEADER);
        Map<List<String>, Estimate> random = byFigure(controls.get(RANDOM_MODEL));
        for (Evaluation.Row row : own.rows()) {
            Estimate control = random.get(List.of(row.id(), row.figure()));
            TableCsv.line(csv, cells(row.id(), row, control == null ? null : control.value(), row.required()));
        }
        controls.forEach((name, evaluation) -> {
            if (!name.equals(RANDOM_MODEL)) {
                evaluation
                        .rows()
                        .forEach(row -> TableCsv.line(csv, cells(row.id() + "." + name, row, null, Double.NaN)));
            }
        });
        AtomicFiles.write(directory.resolve(NAME), csv.toString());
    }

    private static Map<List<String>, Estimate> byFigure(Evaluation evaluation) {
        if (evaluation == null) {
            return Map.of();
        }
        return evaluation.rows().stream()
                .collect(Collectors.toMap(row -> List.of(row.id(), row.figure()), Evaluation.Row::value));
    }

    private static List<Object> cells(String id, Evaluation.Row row, Double control, double required) {
        Function<Double, Object> defined = number -> number == null || number.isNaN() ? null : number;
        List<Object> cells =
                new ArrayList<>(List.of(id, row.figure(), row.value().value()));
        cells.add(defined.apply(row.value().low()));
        cells.add(defined.apply(row.value().high()));
        cells.add(defined.apply(control));
        cells.add(defined.apply(required));
        return cells;
    }
}
