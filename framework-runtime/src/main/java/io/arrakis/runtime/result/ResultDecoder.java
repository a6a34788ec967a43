package io.arrakis.runtime.result;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.result.Column;
import io.arrakis.api.result.ColumnType;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import io.arrakis.runtime.plugin.SnakeCase;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** Turns a tree and the files of its parts into a record: component by component, by name. Used once. */
final class ResultDecoder {

    private final Path directory;
    private SafetensorsFile tensors;

    ResultDecoder(Path directory) {
        this.directory = directory;
    }

    <R extends Record> R decode(JsonNode tree, Class<R> shape) throws IOException {
        return shape.cast(record(tree, Structure.type(shape), Place.RESULT));
    }

    private Object record(JsonNode node, JavaType type, Place place) throws IOException {
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = SnakeCase.of(components[i].getName());
            Place inner = place.component(name, true);
            JsonNode value = node.get(name);
            JavaType own = Structure.type(components[i], type);
            if (value == null && own.getRawClass() != Optional.class) {
                throw UnfitResultException.of(inner, "is not in the result, which has " + names(node));
            }
            values[i] = value == null ? Optional.empty() : value(value, own, inner);
        }
        return Structure.construct(type, values, place);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        return names;
    }

    private Object value(JsonNode node, JavaType type, Place place) throws IOException {
        Class<?> raw = type.getRawClass();
        if (raw == Optional.class) {
            return node.isNull() ? Optional.empty() : Optional.of(value(node, type.containedType(0), place));
        }
        if (List.class.isAssignableFrom(raw)) {
            return list(node, type, place);
        }
        if (Map.class.isAssignableFrom(raw)) {
            return map(node, type, place);
        }
        Optional<Object> part = part(node, raw, place);
        if (part.isPresent()) {
            return part.get();
        }
        if (raw.isSealed()) {
            return choice(node, type, place);
        }
        return raw.isRecord()
                ? record(expect(node, node.isObject(), raw, place), type, place)
                : scalar(node, raw, place);
    }

    private List<Object> list(JsonNode node, JavaType type, Place place) throws IOException {
        expect(node, node.isArray(), type.getRawClass(), place);
        List<Object> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(value(node.get(i), type.getContentType(), place.element(i)));
        }
        return Collections.unmodifiableList(values);
    }

    private Map<String, Object> map(JsonNode node, JavaType type, Place place) throws IOException {
        expect(node, node.isObject(), type.getRawClass(), place);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), value(entry.getValue(), type.getContentType(), place.element(entry.getKey())));
        }
        return Collections.unmodifiableMap(values);
    }

    private Optional<Object> part(JsonNode node, Class<?> raw, Place place) throws IOException {
        if (raw == Table.class) {
            Path file = file(node, "$table", place);
            return Optional.of(TableCsv.read(file, columns(node.get("columns"))));
        }
        if (raw == Graph.class) {
            return Optional.of(GraphMl.read(file(node, "$graph", place)));
        }
        if (raw == Tensor.class) {
            return Optional.of(tensor(node, place));
        }
        if (node.has("$figure")) {
            JsonNode content = Json.read(file(node, "$figure", place));
            return Optional.of(choice(content, Structure.type(raw), place));
        }
        return Optional.empty();
    }

    private Path file(JsonNode node, String mark, Place place) {
        JsonNode name = node.get(mark);
        if (name == null || !name.isTextual()) {
            throw UnfitResultException.of(place, "is no " + mark.substring(1));
        }
        return directory.resolve(name.textValue());
    }

    private static List<Column> columns(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(column -> new Column(
                        column.get("name").textValue(),
                        ColumnType.valueOf(column.get("type").textValue()),
                        column.get("description").textValue()))
                .toList();
    }

    private Tensor tensor(JsonNode node, Place place) {
        JsonNode name = node.get("$tensor");
        expect(node, name != null && name.isTextual(), Tensor.class, place);
        if (tensors == null) {
            tensors = SafetensorsFile.open(directory.resolve(PartFiles.TENSORS));
        }
        List<String> axes = StreamSupport.stream(node.get("axes").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
        int[] shape = StreamSupport.stream(node.get("shape").spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
        return Tensor.of(axes, shape, tensors.floats(name.textValue()));
    }

    private Object choice(JsonNode node, JavaType type, Place place) throws IOException {
        JsonNode kind = node.get("kind");
        Class<?> raw = type.getRawClass();
        List<Class<?>> choices = raw.isSealed() ? Structure.choices(raw) : List.of(raw);
        for (Class<?> choice : choices) {
            if (kind != null && Structure.kind(choice).equals(kind.textValue())) {
                return record(node, Structure.type(choice), place);
            }
        }
        throw UnfitResultException.of(
                place,
                "is of kind " + kind + ", not one of "
                        + choices.stream().map(Structure::kind).toList());
    }

    private static Object scalar(JsonNode node, Class<?> raw, Place place) {
        if (raw == double.class || raw == Double.class) {
            return number(node, raw, place);
        }
        if (raw == float.class || raw == Float.class) {
            return (float) number(node, raw, place);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return expect(node, node.isBoolean(), raw, place).booleanValue();
        }
        if (raw == String.class) {
            return expect(node, node.isTextual(), raw, place).textValue();
        }
        if (raw == OptionalInt.class) {
            return node.isNull() ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(whole(node, raw, place)));
        }
        if (raw == OptionalLong.class) {
            return node.isNull() ? OptionalLong.empty() : OptionalLong.of(whole(node, raw, place));
        }
        if (raw == OptionalDouble.class) {
            return node.isNull() ? OptionalDouble.empty() : OptionalDouble.of(number(node, raw, place));
        }
        return raw.isEnum() ? constant(node, raw, place) : integer(node, raw, place);
    }

    private static double number(JsonNode node, Class<?> raw, Place place) {
        return node.isNull()
                ? Double.NaN
                : expect(node, node.isNumber(), raw, place).doubleValue();
    }

    private static long whole(JsonNode node, Class<?> raw, Place place) {
        return expect(node, node.isIntegralNumber() && node.canConvertToLong(), raw, place)
                .longValue();
    }

    private static Object integer(JsonNode node, Class<?> raw, Place place) {
        long value = whole(node, raw, place);
        if (raw == long.class || raw == Long.class) {
            return value;
        }
        if (raw == int.class || raw == Integer.class) {
            return Math.toIntExact(value);
        }
        if (raw == short.class || raw == Short.class) {
            return (short) value;
        }
        if (raw == byte.class || raw == Byte.class) {
            return (byte) value;
        }
        throw UnfitResultException.of(place, "cannot be read as a " + raw.getName());
    }

    private static Object constant(JsonNode node, Class<?> raw, Place place) {
        for (Object constant : raw.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(node.textValue())) {
                return constant;
            }
        }
        throw UnfitResultException.of(place, "is " + node + ", which " + raw.getSimpleName() + " does not have");
    }

    private static JsonNode expect(JsonNode node, boolean fits, Class<?> raw, Place place) {
        if (!fits) {
            throw UnfitResultException.of(
                    place, "is " + node.getNodeType() + " in the result, but is read as " + raw.getSimpleName());
        }
        return node;
    }
}
