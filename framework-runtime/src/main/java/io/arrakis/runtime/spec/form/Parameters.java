package io.arrakis.runtime.spec.form;

import io.arrakis.api.data.DataRef;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters that a record declares: how they are read, written, described. Immutable. */
public final class Parameters {

    private final RecordForm form;

    private Parameters(RecordForm form) {
        this.form = form;
    }

    /**
     * Returns the parameters of a record.
     *
     * @throws IllegalArgumentException naming the component whose type, annotations or default cannot be understood
     */
    public static Parameters of(Class<? extends Record> type) {
        RecordForm form = Forms.of(type);
        form.parameters().forEach(Parameters::checkDefault);
        return new Parameters(form);
    }

    private static void checkDefault(Parameter parameter) {
        ProblemLog log = new ProblemLog();
        Reading reading = new Reading(parameter.name(), log, Path.of(""), Optional.empty(), Optional.empty());
        parameter
                .defaultValue()
                .flatMap(text -> new YamlReader(log).value(text, "@DefaultValue"))
                .ifPresent(node -> reading.read(parameter.form(), node));
        if (log.hasErrors()) {
            throw new IllegalArgumentException("the default of " + parameter.name() + " is wrong: "
                    + log.problems().get(0).message());
        }
    }

    /** Returns the keys, in their order. */
    public List<String> keys() {
        return form.parameters().stream().map(Parameter::name).toList();
    }

    /**
     * Reads the parameters.
     *
     * @param written what was written
     * @param place   where missing keys are reported
     * @param reading where problems go; its label stands before the names of the parameters, and may be empty
     * @param owner   what has the parameters, for messages, such as {@code k_prober.polysemantic_score}
     * @return nothing after an error was reported
     */
    public Optional<Bound> read(Node.Mapping written, Node place, Reading reading, String owner) {
        return read(form, written, place, reading, owner);
    }

    /** Returns whether a value is right for a key, and reports nothing. */
    public boolean accepts(String key, Node value, Reading reading) {
        Reading silent = new Reading(key, new ProblemLog(), reading.base(), reading.scope(), reading.model());
        return form.parameters().stream()
                .filter(parameter -> parameter.name().equals(key))
                .anyMatch(parameter -> silent.read(parameter.form(), value).isPresent());
    }

    static Optional<Bound> read(RecordForm form, Node.Mapping written, Node place, Reading reading, String owner) {
        return form.read(written, place, reading, owner)
                .map(plain -> new Bound(form, asMap(plain), written, place, reading, owner));
    }

    @SuppressWarnings("unchecked") // the form of a record gives this map alone
    private static Map<String, Object> asMap(Object plain) {
        return (Map<String, Object>) plain;
    }

    /** Returns the plain values of a record that a program made. */
    public Map<String, Object> plain(Record record) {
        return asMap(form.plain(record));
    }

    /**
     * Returns the JSON Schema of the mapping.
     *
     * @param references whether references may stand in the place of values
     */
    public Map<String, Object> schema(boolean references) {
        return form.schema(references);
    }

    /** Returns what people need to know of each parameter, in their order. */
    public List<ParameterDescription> describe() {
        return form.parameters().stream().map(Parameters::describe).toList();
    }

    private static ParameterDescription describe(Parameter parameter) {
        return new ParameterDescription(
                parameter.name(),
                parameter.form().words().one(),
                parameter.description(),
                parameter.defaultValue(),
                demand(parameter),
                parameter.shownExample());
    }

    private static ParameterDescription.Demand demand(Parameter parameter) {
        if (parameter.required()) {
            return ParameterDescription.Demand.REQUIRED;
        }
        return parameter.type() == DataRef.class && parameter.defaultValue().isEmpty()
                ? ParameterDescription.Demand.REQUIRED_AMONG_DATA_SETS
                : ParameterDescription.Demand.OPTIONAL;
    }
}
