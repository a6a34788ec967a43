package io.arrakis.runtime.spec;

import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.operation.Description;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.Provided;
import io.arrakis.runtime.spec.form.ParameterDescription;
import java.util.List;

/**
 * What people need to know of an operation or a data source.
 *
 * @param name       {@code tool.operation}, or the name of the source
 * @param summary    a sentence; may be empty
 * @param parameters its parameters, in their order
 * @param example    YAML to paste into an experiment; parameters with defaults stand in it as comments
 */
public record OperationDescription(String name, String summary, List<ParameterDescription> parameters, String example) {

    /** Copies the list. */
    public OperationDescription {
        parameters = List.copyOf(parameters);
    }

    /**
     * Describes an operation.
     *
     * @throws Vocabulary.UnreadableParametersException if its parameters cannot be understood
     */
    public static OperationDescription of(OperationType operation, Vocabulary vocabulary) {
        List<ParameterDescription> parameters = vocabulary.parameters(operation).describe();
        StringBuilder example = new StringBuilder("steps:\n  ")
                .append(operation.name())
                .append(":\n    use: ")
                .append(operation.fullName())
                .append('\n');
        if (!parameters.isEmpty()) {
            boolean all = parameters.stream().noneMatch(OperationDescription::isShown);
            example.append(all ? "    # with:\n" : "    with:\n");
            parameters.forEach(parameter -> example.append("      ").append(line(parameter)));
        }
        return new OperationDescription(operation.fullName(), summary(operation), parameters, example.toString());
    }

    /**
     * Describes a data source.
     *
     * @throws Vocabulary.UnreadableParametersException if its parameters cannot be understood
     */
    public static OperationDescription of(Provided<DatasetSource<?>> source, Vocabulary vocabulary) {
        List<ParameterDescription> parameters =
                vocabulary.parameters(source.value()).describe();
        StringBuilder example = new StringBuilder("data:\n  texts:\n    source: ")
                .append(source.name())
                .append('\n');
        parameters.forEach(parameter -> example.append("    ").append(line(parameter)));
        return new OperationDescription(source.name(), source.value().summary(), parameters, example.toString());
    }

    static String summary(OperationType operation) {
        Description description = operation.type().getAnnotation(Description.class);
        return description == null ? "" : description.value();
    }

    private static boolean isShown(ParameterDescription parameter) {
        return parameter.needed();
    }

    private static String line(ParameterDescription parameter) {
        String value = parameter.example();
        boolean quotedReference = value.startsWith("\"${") && value.endsWith("}\"");
        String shown = quotedReference ? value.substring(1, value.length() - 1) : value;
        return (isShown(parameter) ? "" : "# ") + parameter.name() + ": " + shown + "\n";
    }
}
