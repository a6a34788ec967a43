package io.arrakis.runtime.result;

import io.arrakis.api.result.Graph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what {@link GraphMl} writes. Used once. */
final class GraphMlReader {

    private final Map<String, GraphMl.Key> keys = new HashMap<>();
    private final List<Graph.Node> nodes = new ArrayList<>();
    private final List<Graph.Edge> edges = new ArrayList<>();

    Graph read(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try (InputStream stream = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(stream, "UTF-8");
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    element(xml);
                }
            }
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(file + " is not GraphML: " + e.getMessage(), e);
        }
        return new Graph(nodes, edges);
    }

    private void element(XMLStreamReader xml) throws XMLStreamException {
        switch (xml.getLocalName()) {
            case "key" -> key(xml);
            case "node" -> node(xml);
            case "edge" -> edge(xml);
            default -> {
                // graphml and graph hold the others
            }
        }
    }

    private void key(XMLStreamReader xml) {
        GraphMl.AttributeType type = GraphMl.AttributeType.valueOf(
                xml.getAttributeValue(null, "attr.type").toUpperCase(Locale.ROOT));
        String name = XmlText.decode(xml.getAttributeValue(null, "attr.name"));
        keys.put(xml.getAttributeValue(null, "id"), new GraphMl.Key(xml.getAttributeValue(null, "for"), name, type));
    }

    private void node(XMLStreamReader xml) throws XMLStreamException {
        String id = XmlText.decode(xml.getAttributeValue(null, "id"));
        Map<String, Object> data = data(xml, "node");
        nodes.add(new Graph.Node(id, (String) data.remove(GraphMl.NODE_LABEL), named(data)));
    }

    private void edge(XMLStreamReader xml) throws XMLStreamException {
        String from = XmlText.decode(xml.getAttributeValue(null, "source"));
        String to = XmlText.decode(xml.getAttributeValue(null, "target"));
        Map<String, Object> data = data(xml, "edge");
        String type = (String) data.remove(GraphMl.EDGE_TYPE);
        double weight = (Double) data.remove(GraphMl.EDGE_WEIGHT);
        edges.add(new Graph.Edge(from, to, type, weight, named(data)));
    }

    private Map<String, Object> data(XMLStreamReader xml, String owner) throws XMLStreamException {
        Map<String, Object> data = new LinkedHashMap<>();
        while (xml.next() != XMLStreamConstants.END_ELEMENT
                || !xml.getLocalName().equals(owner)) {
            if (xml.isStartElement()) {
                String id = xml.getAttributeValue(null, "key");
                data.put(id, keys.get(id).type().parse(xml.getElementText()));
            }
        }
        return data;
    }

    private Map<String, Object> named(Map<String, Object> data) {
        Map<String, Object> named = new LinkedHashMap<>();
        data.forEach((id, value) -> named.put(keys.get(id).name(), value));
        return named;
    }
}
