package io.arrakis.runtime.result;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Column;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.MayBeUndefined;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import io.arrakis.runtime.plugin.SnakeCase;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Turns a result into a tree, and its parts into files. Used once. */
final class ResultEncoder {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final PartFiles files;
    private final ArrayNode headlines = NODES.arrayNode();
    private final Map<String, String> descriptions = new TreeMap<>();

    ResultEncoder(Path directory) {
        this.files = new PartFiles(directory);
    }

    /** Returns the tree of the result; the files of its parts are written when this returns. */
    ObjectNode encode(Record result) throws IOException {
        ObjectNode tree = record(result, Structure.type(result.getClass()), Place.RESULT);
        files.finish();
        return tree;
    }

    ArrayNode headlines() {
        return headlines;
    }

    ObjectNode descriptions() {
        ObjectNode node = NODES.objectNode();
        descriptions.forEach(node::put);
        return node;
    }

    private ObjectNode record(Object record, JavaType type, Place place) throws IOException {
        ObjectNode node = NODES.objectNode();
        for (RecordComponent component : type.getRawClass().getRecordComponents()) {
            String name = SnakeCase.of(component.getName());
            Place inner = place.component(name, mayBeUndefined(component));
            annotate(component, inner);
            node.set(name, value(Structure.value(component, record), Structure.type(component, type), inner));
        }
        return node;
    }

    private static boolean mayBeUndefined(RecordComponent component) {
        return component.isAnnotationPresent(MayBeUndefined.class)
                || (component.getDeclaringRecord() == Evaluation.Row.class
                        && component.getName().equals("required"));
    }

    private void annotate(RecordComponent component, Place place) {
        Headline headline = component.getAnnotation(Headline.class);
        if (headline != null) {
            headlines.addObject().put("path", place.path()).put("label", headline.value());
        }
        Description description = component.getAnnotation(Description.class);
        if (description != null) {
            descriptions.put(place.description(), description.value());
        }
    }

    private JsonNode value(Object value, JavaType type, Place place) throws IOException {
        if (value == null) {
            throw UnfitResultException.of(place, "is null; use Optional for what may be absent");
        }
        Optional<JsonNode> scalar = scalar(value, place);
        if (scalar.isPresent()) {
            return scalar.get();
        }
        Optional<JsonNode> part = part(value, place);
        return part.isPresent() ? part.get() : compound(value, type, place);
    }

    private Optional<JsonNode> scalar(Object value, Place place) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            Finite.require(number, place);
            return Optional.of(Double.isNaN(number) ? NODES.nullNode() : NODES.numberNode(number));
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Optional.of(NODES.numberNode(((Number) value).longValue()));
        }
        if (value instanceof Boolean flag) {
            return Optional.of(NODES.booleanNode(flag));
        }
        if (value instanceof String text) {
            return Optional.of(NODES.textNode(Text.require(text, place)));
        }
        if (value instanceof Enum<?> constant) {
            return Optional.of(NODES.textNode(constant.name()));
        }
        if (value instanceof OptionalInt number) {
            return Optional.of(number.isPresent() ? NODES.numberNode(number.getAsInt()) : NODES.nullNode());
        }
        if (value instanceof OptionalLong number) {
            return Optional.of(number.isPresent() ? NODES.numberNode(number.getAsLong()) : NODES.nullNode());
        }
        if (value instanceof OptionalDouble number) {
            number.ifPresent(it -> requireDefined(it, place));
            return Optional.of(number.isPresent() ? NODES.numberNode(number.getAsDouble()) : NODES.nullNode());
        }
        return Optional.empty();
    }

    /** Refuses NaN inside an optional, where it could not be told from nothing. */
    private static void requireDefined(Object value, Place place) {
        if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
            throw UnfitResultException.notFinite(place, Double.NaN);
        }
    }

    private Optional<JsonNode> part(Object value, Place place) throws IOException {
        if (value instanceof Table table) {
            return Optional.of(table(table, place));
        }
        if (value instanceof Tensor tensor) {
            return Optional.of(tensor(tensor, place));
        }
        if (value instanceof Graph graph) {
            return Optional.of(graph(graph, place));
        }
        if (value instanceof Figure figure) {
            ObjectNode content = choice(figure, Structure.type(figure.getClass()), place.undefinable());
            ObjectNode node = NODES.objectNode().put("$figure", files.figure(place, content));
            return Optional.of(node.set("kind", content.get("kind")));
        }
        if (value instanceof Estimate estimate) {
            return Optional.of(estimate(estimate, place));
        }
        return Optional.empty();
    }

    private JsonNode table(Table table, Place place) throws IOException {
        Finite.require(table, place);
        Text.require(table, place);
        ObjectNode node = NODES.objectNode()
                .put("$table", files.table(place, table))
                .put("rows", table.rows().size());
        ArrayNode columns = node.putArray("columns");
        for (Column column : table.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().name())
                    .put("description", column.description());
        }
        return node;
    }

    private JsonNode tensor(Tensor tensor, Place place) {
        Finite.require(tensor, place);
        ObjectNode node =
                NODES.objectNode().put("$tensor", files.tensor(place, tensor)).put("file", PartFiles.TENSORS);
        ArrayNode axes = node.putArray("axes");
        tensor.axes().forEach(axes::add);
        ArrayNode shape = node.putArray("shape");
        for (int length : tensor.shape()) {
            shape.add(length);
        }
        return node;
    }

    private JsonNode graph(Graph graph, Place place) throws IOException {
        GraphMl.require(graph, place);
        return NODES.objectNode()
                .put("$graph", files.graph(place, graph))
                .put("nodes", graph.nodes().size())
                .put("edges", graph.edges().size());
    }

    private static JsonNode estimate(Estimate estimate, Place place) {
        Finite.require(estimate.value(), place.component("value", false));
        if (Double.isNaN(estimate.low()) != Double.isNaN(estimate.high())) {
            throw UnfitResultException.notFinite(place, Double.NaN);
        }
        ObjectNode node = NODES.objectNode();
        putNumber(node, "value", estimate.value());
        for (String end : List.of("low", "high")) {
            double number = end.equals("low") ? estimate.low() : estimate.high();
            Finite.require(number, place.component(end, true));
            putNumber(node, end, number);
        }
        return node;
    }

    private static void putNumber(ObjectNode node, String name, double value) {
        node.set(name, Double.isNaN(value) ? NODES.nullNode() : NODES.numberNode(value));
    }

    private JsonNode compound(Object value, JavaType type, Place place) throws IOException {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(it -> requireDefined(it, place));
            return optional.isPresent() ? value(optional.get(), type.containedType(0), place) : NODES.nullNode();
        }
        if (value instanceof List<?> list) {
            ArrayNode node = NODES.arrayNode(list.size());
            for (int i = 0; i < list.size(); i++) {
                node.add(value(list.get(i), type.getContentType(), place.element(i)));
            }
            return node;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, type, place);
        }
        if (type.getRawClass().isSealed()) {
            return choice(value, type, place);
        }
        if (value instanceof Record && type.getRawClass().isRecord()) {
            return record(value, type, place);
        }
        throw UnfitResultException.of(place, "is a " + value.getClass().getName() + ", which a result cannot hold");
    }

    private JsonNode map(Map<?, ?> map, JavaType type, Place place) throws IOException {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key(key, place), value));
        ObjectNode node = NODES.objectNode();
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            node.set(entry.getKey(), value(entry.getValue(), type.getContentType(), place.element(entry.getKey())));
        }
        return node;
    }

    private static String key(Object key, Place place) {
        if (key instanceof String text) {
            return Text.require(text, place);
        }
        throw UnfitResultException.of(place, "has the key " + key + ", which is not a text");
    }

    private ObjectNode choice(Object value, JavaType type, Place place) throws IOException {
        ObjectNode node = NODES.objectNode().put("kind", Structure.kind(value.getClass()));
        JavaType own = type.getRawClass() == value.getClass() ? type : Structure.type(value.getClass());
        return node.setAll(record(value, own, place));
    }
}
