package io.arrakis.runtime.result;

import io.arrakis.api.result.Graph;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Graphs as GraphML. Written with the JDK's XML streams and not with JGraphT, whose exporter gives one type to an attribute in
 * the whole graph and loses what XML cannot hold.
 */
final class GraphMl {

    static final String NODE_LABEL = "node_label";
    static final String EDGE_TYPE = "edge_type";
    static final String EDGE_WEIGHT = "edge_weight";

    private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";

    /** Kinds of attribute values by their name in GraphML. */
    enum AttributeType {
        STRING(String.class),
        LONG(Long.class),
        DOUBLE(Double.class),
        BOOLEAN(Boolean.class);

        private final Class<?> type;

        AttributeType(Class<?> type) {
            this.type = type;
        }

        String id() {
            return type.getSimpleName().toLowerCase(Locale.ROOT);
        }

        Object parse(String text) {
            return switch (this) {
                case STRING -> XmlText.decode(text);
                case LONG -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
            };
        }

        static AttributeType of(Object value, Place place) {
            for (AttributeType candidate : values()) {
                if (candidate.type.isInstance(value)) {
                    return candidate;
                }
            }
            String what = value == null ? "null" : "a " + value.getClass().getSimpleName();
            throw UnfitResultException.of(place, "is " + what + "; attributes are String, Long, Double or Boolean");
        }
    }

    /** A declared attribute of nodes or edges. */
    record Key(String owner, String name, AttributeType type) {}

    private final XMLStreamWriter xml;
    private final Map<Key, String> ids = new LinkedHashMap<>();

    private GraphMl(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Checks texts, numbers and types of attributes. */
    static void require(Graph graph, Place place) {
        for (Graph.Node node : graph.nodes()) {
            Text.require(node.id(), place);
            Text.require(node.label(), place.element(node.id()));
            requireAttributes(node.attributes(), place.element(node.id()));
        }
        for (Graph.Edge edge : graph.edges()) {
            Text.require(edge.type(), place);
            requireAttributes(edge.attributes(), place.element(edge.from() + "->" + edge.to()));
        }
    }

    private static void requireAttributes(Map<String, Object> attributes, Place place) {
        attributes.forEach((name, value) -> {
            Text.require(name, place);
            if (AttributeType.of(value, place.element(name)) == AttributeType.DOUBLE) {
                Finite.require((Double) value, place.element(name));
            } else if (value instanceof String text) {
                Text.require(text, place.element(name));
            }
        });
    }

    static String write(Graph graph) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new GraphMl(xml).document(graph);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        return text.toString();
    }

    static Graph read(Path file) throws IOException {
        return new GraphMlReader().read(file);
    }

    private void document(Graph graph) throws XMLStreamException {
        graph.nodes().forEach(node -> declare("node", node.attributes()));
        graph.edges().forEach(edge -> declare("edge", edge.attributes()));
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("graphml");
        xml.writeDefaultNamespace(NAMESPACE);
        line();
        key(new Key("node", "label", AttributeType.STRING), NODE_LABEL);
        key(new Key("edge", "type", AttributeType.STRING), EDGE_TYPE);
        key(new Key("edge", "weight", AttributeType.DOUBLE), EDGE_WEIGHT);
        for (Map.Entry<Key, String> entry : ids.entrySet()) {
            key(entry.getKey(), entry.getValue());
        }
        xml.writeStartElement("graph");
        xml.writeAttribute("edgedefault", "directed");
        line();
        for (Graph.Node node : graph.nodes()) {
            node(node);
        }
        for (Graph.Edge edge : graph.edges()) {
            edge(edge);
        }
        xml.writeEndElement();
        line();
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
    }

    private void declare(String owner, Map<String, Object> attributes) {
        new TreeMap<>(attributes)
                .forEach((name, value) ->
                        ids.putIfAbsent(new Key(owner, name, AttributeType.of(value, Place.RESULT)), "k" + ids.size()));
    }

    private void key(Key key, String id) throws XMLStreamException {
        xml.writeEmptyElement("key");
        xml.writeAttribute("id", id);
        xml.writeAttribute("for", key.owner());
        xml.writeAttribute("attr.name", XmlText.encode(key.name()));
        xml.writeAttribute("attr.type", key.type().id());
        line();
    }

    private void node(Graph.Node node) throws XMLStreamException {
        xml.writeStartElement("node");
        xml.writeAttribute("id", XmlText.encode(node.id()));
        data(NODE_LABEL, node.label());
        attributes("node", node.attributes());
        xml.writeEndElement();
        line();
    }

    private void edge(Graph.Edge edge) throws XMLStreamException {
        xml.writeStartElement("edge");
        xml.writeAttribute("source", XmlText.encode(edge.from()));
        xml.writeAttribute("target", XmlText.encode(edge.to()));
        data(EDGE_TYPE, edge.type());
        data(EDGE_WEIGHT, edge.weight());
        attributes("edge", edge.attributes());
        xml.writeEndElement();
        line();
    }

    private void attributes(String owner, Map<String, Object> attributes) throws XMLStreamException {
        for (Map.Entry<String, Object> attribute : new TreeMap<>(attributes).entrySet()) {
            AttributeType type = AttributeType.of(attribute.getValue(), Place.RESULT);
            data(ids.get(new Key(owner, attribute.getKey(), type)), attribute.getValue());
        }
    }

    private void data(String key, Object value) throws XMLStreamException {
        xml.writeStartElement("data");
        xml.writeAttribute("key", key);
        xml.writeCharacters(text(value));
        xml.writeEndElement();
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return Json.number(number);
        }
        return XmlText.encode(value.toString());
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
