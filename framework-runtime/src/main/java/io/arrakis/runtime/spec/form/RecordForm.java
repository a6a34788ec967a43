package io.arrakis.runtime.spec.form;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.Suggestions;
import io.arrakis.runtime.spec.tree.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Records: a mapping with a key for each component. */
final class RecordForm implements Form {

    private final RecordClass type;
    private final Map<String, Parameter> parameters;

    RecordForm(RecordClass type, List<Parameter> parameters) {
        this.type = type;
        this.parameters = parameters.stream()
                .collect(Collectors.toMap(
                        Parameter::name, parameter -> parameter, (first, second) -> first, LinkedHashMap::new));
    }

    List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    RecordClass type() {
        return type;
    }

    @Override
    public boolean fits(Node node) {
        return node instanceof Node.Mapping map
                && parameters.keySet().containsAll(map.entries().keySet())
                && parameters.values().stream()
                        .allMatch(parameter -> !parameter.required()
                                || map.get(parameter.name()).isPresent());
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Mapping;
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!(node instanceof Node.Mapping map)) {
            return reading.wrongType(node, this, "");
        }
        return read(map, map, reading, "");
    }

    /**
     * Reads the keys of a mapping, and puts problems about the mapping as a whole elsewhere.
     *
     * @param place where missing keys are reported
     * @param owner what has the keys, for messages, such as {@code k_prober.polysemantic_score}; empty for the value's label
     */
    Optional<Object> read(Node.Mapping map, Node place, Reading reading, String owner) {
        String subject = owner.isEmpty() ? reading.label() : owner;
        boolean known = refuseUnknown(map, reading, subject);
        Map<String, Object> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Parameter parameter : parameters.values()) {
            Optional<Node> written = map.get(parameter.name());
            Optional<Object> value = written.isPresent()
                    ? reading.part(parameter.name()).read(parameter.form(), written.get())
                    : absent(parameter, place, reading, subject);
            value.ifPresent(plain -> values.put(parameter.name(), plain));
            complete &= value.isPresent() || (written.isEmpty() && parameter.optional());
        }
        Map<String, Object> plain = Collections.unmodifiableMap(values);
        return known && complete ? reading.made(this, plain, place) : Optional.empty();
    }

    private boolean refuseUnknown(Node.Mapping map, Reading reading, String subject) {
        boolean known = true;
        for (Node.Entry entry : map.entries().values()) {
            String key = entry.key().text();
            if (!parameters.containsKey(key)) {
                reading.log()
                        .error(
                                ErrorCode.SPEC_UNKNOWN_KEY,
                                entry.key().location(),
                                subject + " has no option '" + key + "'",
                                Suggestions.mend(key, parameters.keySet(), "options"));
                known = false;
            }
        }
        return known;
    }

    private Optional<Object> absent(Parameter parameter, Node place, Reading reading, String subject) {
        if (parameter.defaultValue().isPresent()) {
            return defaultValue(parameter, reading);
        }
        if (parameter.optional()) {
            return Optional.empty();
        }
        if (parameter.type() == DataRef.class) {
            List<String> data =
                    reading.scope().map(in -> List.copyOf(in.data())).orElse(List.of());
            if (data.size() == 1) {
                Reference only = Reference.data(data.get(0));
                reading.scope().orElseThrow().uses(only);
                return Optional.of(new Plain.Referenced(only));
            }
        }
        String mend = "add '" + parameter.name()
                + (parameter.type() == DataRef.class
                        ? ": ${data.NAME}'"
                        : ": ...', " + parameter.form().words().one());
        reading.log()
                .error(
                        ErrorCode.SPEC_MISSING_KEY,
                        place.location(),
                        subject + " needs the option '" + parameter.name() + "'",
                        mend);
        return Optional.empty();
    }

    private static Optional<Object> defaultValue(Parameter parameter, Reading reading) {
        String origin = "default of " + parameter.name();
        return new YamlReader(reading.log())
                .value(parameter.defaultValue().orElseThrow(), origin)
                .flatMap(node -> reading.part(parameter.name()).read(parameter.form(), node));
    }

    @Override
    public Object make(Object plain) {
        Map<?, ?> values = (Map<?, ?>) plain;
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : parameters.values()) {
            arguments.add(parameter.make(values.get(parameter.name())));
        }
        return type.make(arguments);
    }

    @Override
    public Object plain(Object value) {
        List<Object> components = type.components(value);
        Map<String, Object> plain = new LinkedHashMap<>();
        int i = 0;
        for (Parameter parameter : parameters.values()) {
            Object component = parameter.plain(components.get(i++));
            if (component != null) {
                plain.put(parameter.name(), component);
            }
        }
        return Collections.unmodifiableMap(plain);
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> properties.put(name, schema(parameter, references)));
        List<String> required = parameters.values().stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toList();
        Map<String, Object> schema = Schemas.type("object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> schema(Parameter parameter, boolean references) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (!parameter.description().isEmpty()) {
            schema.put("description", parameter.description());
        }
        schema.putAll(Schemas.of(parameter.form(), references));
        defaultPlain(parameter).ifPresent(value -> schema.put("default", value));
        return schema;
    }

    private static Optional<Object> defaultPlain(Parameter parameter) {
        return parameter
                .defaultValue()
                .flatMap(text -> new YamlReader(new ProblemLog()).value(text, "default"))
                .map(PlainTree::of);
    }

    @Override
    public String example() {
        return parameters.values().stream()
                .filter(Parameter::required)
                .map(parameter -> parameter.name() + ": " + parameter.shownExample())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public Words words() {
        String keys = String.join(", ", parameters.keySet());
        String noun = parameters.size() == 1 ? "the key " : "the keys ";
        return new Words("a mapping with " + noun + keys, "mappings with " + noun + keys);
    }
}
