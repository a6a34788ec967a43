package io.arrakis.runtime.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.spec.Vocabulary.UnreadableParametersException;
import io.arrakis.runtime.spec.form.Parameters;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema (2020-12) of experiment files, with the tools and data sources of a catalogue, for editors. */
public final class ExperimentSchema {

    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final String TYPE = "type";
    private static final String DESCRIPTION = "description";
    private static final String USE = "use";
    private static final String WITH = "with";
    private static final String SOURCE = "source";
    private static final String WORD = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";

    private final Vocabulary vocabulary;

    private ExperimentSchema(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Returns the schema as indented JSON; operations whose parameters cannot be understood are not in it. */
    public static String of(Vocabulary vocabulary) {
        return indented(new ExperimentSchema(vocabulary).document());
    }

    private Map<String, Object> document() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Arrakis experiment");
        Map<String, Object> header = Parameters.of(Header.class).schema(false);
        Map<String, Object> properties = properties(header);
        properties.put("data", named("The data sets, by name.", dataSet()));
        properties.put("steps", named("The steps, by name.", step()));
        properties.put(SweepReader.SWEEP, SweepSchema.of());
        schema.putAll(header);
        schema.put(REQUIRED, List.of("model", "steps"));
        return schema;
    }

    @SuppressWarnings("unchecked") // the schema of a record has this map under this key
    private static Map<String, Object> properties(Map<String, Object> schema) {
        return (Map<String, Object>) schema.get(PROPERTIES);
    }

    private static Map<String, Object> named(String description, Map<String, Object> value) {
        Map<String, Object> schema = object();
        schema.put(DESCRIPTION, description);
        schema.put("propertyNames", map("pattern", WORD));
        schema.put("additionalProperties", value);
        return schema;
    }

    private Map<String, Object> dataSet() {
        List<Map<String, Object>> names = new ArrayList<>();
        List<Map<String, Object>> cases = new ArrayList<>();
        vocabulary.catalog().dataSources().forEach((name, source) -> {
            try {
                Map<String, Object> own = vocabulary.parameters(source.value()).schema(false);
                Map<String, Object> properties =
                        new LinkedHashMap<>(properties(DataReader.common().schema(false)));
                properties.putAll(properties(own));
                own.put(PROPERTIES, properties);
                names.add(constant(name, source.value().summary()));
                cases.add(when(SOURCE, name, own));
            } catch (UnreadableParametersException e) {
                names.add(constant(name, String.valueOf(e.getMessage())));
            }
        });
        return choice(SOURCE, names, cases);
    }

    private Map<String, Object> step() {
        List<Map<String, Object>> names = new ArrayList<>();
        List<Map<String, Object>> cases = new ArrayList<>();
        vocabulary.catalog().tools().forEach(tool -> tool.operations().values().forEach(operation -> {
            try {
                Map<String, Object> with = vocabulary.parameters(operation).schema(true);
                names.add(constant(operation.fullName(), OperationDescription.summary(operation)));
                cases.add(when(USE, operation.fullName(), body(operation, with)));
            } catch (UnreadableParametersException e) {
                names.add(constant(operation.fullName(), String.valueOf(e.getMessage())));
            }
        }));
        return choice(USE, names, cases);
    }

    private static Map<String, Object> body(OperationType operation, Map<String, Object> with) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(USE, map("const", operation.fullName()));
        boolean needed = with.containsKey(REQUIRED);
        with.put(TYPE, needed ? "object" : List.of("object", "null"));
        properties.put(WITH, with);
        properties.putAll(properties(Parameters.of(Changes.class).schema(true)));
        properties.put("controls", Parameters.of(Controls.class).schema(false));
        Map<String, Object> body = object();
        body.put(PROPERTIES, properties);
        body.put(REQUIRED, needed ? List.of(USE, WITH) : List.of(USE));
        body.put("additionalProperties", false);
        return body;
    }

    /** A mapping whose other keys depend on the value of one. */
    private static Map<String, Object> choice(
            String key, List<Map<String, Object>> names, List<Map<String, Object>> cases) {
        Map<String, Object> schema = object();
        schema.put(PROPERTIES, map(key, map("anyOf", names)));
        schema.put(REQUIRED, List.of(key));
        if (!cases.isEmpty()) {
            schema.put("allOf", cases);
        }
        return schema;
    }

    private static Map<String, Object> when(String key, String value, Map<String, Object> then) {
        Map<String, Object> condition = map(PROPERTIES, map(key, map("const", value)));
        condition.put(REQUIRED, List.of(key));
        Map<String, Object> schema = map("if", condition);
        schema.put("then", then);
        return schema;
    }

    private static Map<String, Object> constant(String value, String description) {
        Map<String, Object> schema = map("const", value);
        if (!description.isEmpty()) {
            schema.put(DESCRIPTION, description);
        }
        return schema;
    }

    private static Map<String, Object> object() {
        return map(TYPE, "object");
    }

    private static Map<String, Object> map(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    private static String indented(Object value) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            JsonTree.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }
}
