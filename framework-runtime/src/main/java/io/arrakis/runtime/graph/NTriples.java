package io.arrakis.runtime.graph;

import io.arrakis.api.result.Graph;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Graphs as RDF 1.1 N-Triples. A node is {@code urn:arrakis:node:ID} with an {@code rdfs:label}; an edge is a triple whose predicate is
 * {@code urn:arrakis:relation:TYPE}, and an {@code rdf:Statement} about it that carries the weight; attributes are {@code
 * urn:arrakis:attribute:NAME} of nodes and statements. Ids, types and names are percent-encoded.
 *
 * @see "https://www.w3.org/TR/n-triples/"
 */
final class NTriples {

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String LABEL = iri("http://www.w3.org/2000/01/rdf-schema#label");
    private static final String XSD = "http://www.w3.org/2001/XMLSchema#";
    private static final String UNRESERVED = "-._~";

    private final StringBuilder text = new StringBuilder();

    private NTriples() {}

    static String write(Graph graph) {
        NTriples triples = new NTriples();
        graph.nodes().forEach(triples::node);
        for (int i = 0; i < graph.edges().size(); i++) {
            triples.edge(graph.edges().get(i), "_:e" + i);
        }
        return triples.text.toString();
    }

    private void node(Graph.Node node) {
        String subject = urn("node", node.id());
        triple(subject, LABEL, literal(node.label()));
        attributes(subject, node.attributes());
    }

    private void edge(Graph.Edge edge, String statement) {
        String from = urn("node", edge.from());
        String type = urn("relation", edge.type());
        String to = urn("node", edge.to());
        triple(from, type, to);
        triple(statement, iri(RDF + "type"), iri(RDF + "Statement"));
        triple(statement, iri(RDF + "subject"), from);
        triple(statement, iri(RDF + "predicate"), type);
        triple(statement, iri(RDF + "object"), to);
        triple(statement, urn("attribute", "weight"), literal(edge.weight()));
        attributes(statement, edge.attributes());
    }

    private void attributes(String subject, Map<String, Object> attributes) {
        new TreeMap<>(attributes).forEach((name, value) -> triple(subject, urn("attribute", name), literal(value)));
    }

    private void triple(String subject, String predicate, String object) {
        text.append(subject)
                .append(' ')
                .append(predicate)
                .append(' ')
                .append(object)
                .append(" .\n");
    }

    private static String iri(String iri) {
        return '<' + iri + '>';
    }

    private static String urn(String kind, String name) {
        StringBuilder encoded = new StringBuilder("urn:arrakis:" + kind + ':');
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0);
            encoded.append(plain ? String.valueOf(letter) : String.format("%%%02X", (int) letter));
        }
        return iri(encoded.toString());
    }

    private static String literal(Object value) {
        String quoted = '"' + escaped(Plain.text(value)) + '"';
        if (value instanceof Long) {
            return quoted + "^^" + iri(XSD + "integer");
        }
        if (value instanceof Double) {
            return quoted + "^^" + iri(XSD + "double");
        }
        return value instanceof Boolean ? quoted + "^^" + iri(XSD + "boolean") : quoted;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
