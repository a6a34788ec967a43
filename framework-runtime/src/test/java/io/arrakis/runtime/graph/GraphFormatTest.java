package io.arrakis.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.result.Graph;
import io.arrakis.runtime.result.ResultFiles;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.dot.DOTImporter;
import org.jgrapht.util.SupplierUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each format is read back by a reader that is not ours, but for GraphML and N-Triples, and nothing is lost. */
class GraphFormatTest {

    /** Two edges between the same nodes, a loop, a lonely node, and texts that every format must escape. */
    private static final Graph GRAPH = new Graph(
            List.of(
                    new Graph.Node("1", "bank", Map.of("token_id", 2924L, "page_rank", 0.1 + 0.2)),
                    new Graph.Node("a b", "\"quoted\" \\ <&>, é 漢 \uD83D\uDE00", Map.of("flag", true)),
                    new Graph.Node("graph", "two\nlines\r", Map.of("text", "x, \"y\"")),
                    new Graph.Node("lonely", "##ing", Map.of())),
            List.of(
                    edge("1", "a b", "L2H5", 0.75, Map.of("p_value", 1e-300, "heads", 3L)),
                    edge("1", "a b", "L2H5", -2, Map.of("p_value", 0.5)),
                    edge("a b", "1", "is a \"kind\" of", 1 / 3.0, Map.of()),
                    edge("graph", "graph", "L0H0", 0, Map.of("types", "L0H0 L1H1"))));

    @TempDir
    private Path folder;

    private static Graph.Edge edge(String from, String to, String type, double weight, Map<String, Object> attributes) {
        return new Graph.Edge(from, to, type, weight, attributes);
    }

    @Test
    void readsGraphMlBack() throws IOException {
        Path file = Files.writeString(folder.resolve("graph.graphml"), GraphFormat.GRAPHML.write(GRAPH));
        assertThat(ResultFiles.graph(file)).isEqualTo(GRAPH);
    }

    @Test
    void jgraphtReadsDotBack() {
        DirectedPseudograph<String, Integer> read = new DirectedPseudograph<>(
                SupplierUtil.createStringSupplier(), SupplierUtil.createIntegerSupplier(), false);
        Map<String, Map<String, String>> nodes = new HashMap<>();
        Map<Integer, Map<String, String>> edges = new TreeMap<>();
        DOTImporter<String, Integer> importer = new DOTImporter<>();
        importer.setVertexWithAttributesFactory((id, attributes) -> {
            nodes.put(id, texts(attributes));
            return id;
        });
        importer.setEdgeWithAttributesFactory(attributes -> {
            edges.put(edges.size(), texts(attributes));
            return edges.size() - 1;
        });
        importer.importGraph(read, new StringReader(GraphFormat.DOT.write(GRAPH)));
        assertThat(read.vertexSet())
                .containsExactlyElementsOf(
                        GRAPH.nodes().stream().map(Graph.Node::id).toList());
        for (Graph.Node node : GRAPH.nodes()) {
            assertThat(nodes.get(node.id())).containsEntry("label", node.label());
            node.attributes()
                    .forEach((name, value) -> assertThat(nodes.get(node.id())).containsEntry(name, value.toString()));
        }
        assertThat(edges).hasSize(GRAPH.edges().size());
        for (int i = 0; i < edges.size(); i++) {
            Graph.Edge edge = GRAPH.edges().get(i);
            assertThat(read.getEdgeSource(i)).isEqualTo(edge.from());
            assertThat(read.getEdgeTarget(i)).isEqualTo(edge.to());
            assertThat(edges.get(i)).containsEntry("label", edge.type());
            assertThat(Double.valueOf(edges.get(i).get("weight"))).isEqualTo(edge.weight());
        }
    }

    private static Map<String, String> texts(Map<String, Attribute> attributes) {
        Map<String, String> texts = new HashMap<>();
        attributes.forEach((name, value) -> texts.put(name, value.getValue()));
        return texts;
    }

    @Test
    void jacksonReadsNodeLinkJsonBack() throws IOException {
        JsonNode tree = new ObjectMapper().readTree(GraphFormat.JSON.write(GRAPH));
        assertThat(tree.get("directed").asBoolean()).isTrue();
        List<Graph.Node> nodes = new ArrayList<>();
        tree.get("nodes")
                .forEach(node -> nodes.add(new Graph.Node(
                        node.get("id").asText(), node.get("label").asText(), others(node, "id", "label"))));
        List<Graph.Edge> edges = new ArrayList<>();
        tree.get("links")
                .forEach(link -> edges.add(new Graph.Edge(
                        link.get("source").asText(),
                        link.get("target").asText(),
                        link.get("type").asText(),
                        link.get("weight").asDouble(),
                        others(link, "source", "target", "key", "type", "weight"))));
        assertThat(new Graph(nodes, edges)).isEqualTo(GRAPH);
        assertThat(tree.get("links"))
                .extracting(link -> link.get("key").asInt())
                .containsExactly(0, 1, 0, 0);
    }

    private static Map<String, Object> others(JsonNode node, String... known) {
        Map<String, Object> others = new HashMap<>();
        node.properties().forEach(entry -> {
            if (!List.of(known).contains(entry.getKey())) {
                JsonNode value = entry.getValue();
                Object plain = value.isIntegralNumber()
                        ? (Object) value.asLong()
                        : value.isNumber()
                                ? (Object) value.asDouble()
                                : value.isBoolean() ? value.asBoolean() : value.asText();
                others.put(entry.getKey(), plain);
            }
        });
        return others;
    }

    @Test
    void commonsCsvReadsEdgesBack() throws IOException {
        try (CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(GraphFormat.CSV.write(GRAPH)))) {
            assertThat(parser.getHeaderNames())
                    .containsExactly(
                            "from", "to", "from_label", "to_label", "type", "weight", "heads", "p_value", "types");
            List<CSVRecord> records = parser.getRecords();
            assertThat(records).hasSize(GRAPH.edges().size());
            for (int i = 0; i < records.size(); i++) {
                Graph.Edge edge = GRAPH.edges().get(i);
                assertThat(records.get(i).get("from")).isEqualTo(edge.from());
                assertThat(records.get(i).get("to")).isEqualTo(edge.to());
                assertThat(records.get(i).get("type")).isEqualTo(edge.type());
                assertThat(Double.valueOf(records.get(i).get("weight"))).isEqualTo(edge.weight());
            }
            assertThat(records.get(0).get("p_value")).isEqualTo("1.0E-300");
            assertThat(records.get(3).get("from_label")).isEqualTo("two\nlines\r");
        }
    }

    /** The productions of the W3C recommendation "RDF 1.1 N-Triples", section 7, as regular expressions. */
    private static final class Grammar {
        static final String UCHAR = "(?:\\\\u[0-9A-Fa-f]{4}|\\\\U[0-9A-Fa-f]{8})";
        static final String ECHAR = "(?:\\\\[tbnrf\"'\\\\])";
        static final String IRIREF = "<((?:[^\\x00-\\x20<>\"{}|^`\\\\]|" + UCHAR + ")*)>";
        static final String STRING = "\"((?:[^\\x22\\x5C\\x0A\\x0D]|" + ECHAR + "|" + UCHAR + ")*)\"";
        static final String PN_CHARS_BASE = "[A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6]";
        static final String BLANK = "_:(?:" + PN_CHARS_BASE + "|[_:0-9])(?:(?:" + PN_CHARS_BASE + "|[_:0-9.-])*" + "(?:"
                + PN_CHARS_BASE + "|[_:0-9-]))?";
        static final String LANGTAG = "@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*";
        static final String LITERAL = STRING + "(?:\\^\\^" + IRIREF + "|" + LANGTAG + ")?";
        static final Pattern TRIPLE = Pattern.compile("(?<subject>" + IRIREF + "|" + BLANK + ")[ \\t]*(?<predicate>"
                + IRIREF + ")[ \\t]*(?<object>" + IRIREF + "|" + BLANK + "|" + LITERAL + ")[ \\t]*\\.");
    }

    @Test
    void nTriplesAreOfTheGrammarAndSayAll() {
        String text = GraphFormat.NT.write(GRAPH);
        assertThat(text).endsWith(".\n");
        List<String[]> triples = new ArrayList<>();
        for (String line : text.split("\n")) {
            Matcher triple = Grammar.TRIPLE.matcher(line);
            assertThat(triple.matches()).as(line).isTrue();
            triples.add(new String[] {triple.group("subject"), triple.group("predicate"), triple.group("object")});
        }
        assertThat(graphOf(triples)).isEqualTo(GRAPH);
        for (Graph.Edge edge : GRAPH.edges()) {
            assertThat(triples).anySatisfy(t -> assertThat(List.of(name(t[0]), name(t[1]), name(t[2])))
                    .containsExactly(edge.from(), edge.type(), edge.to()));
        }
    }

    private static Graph graphOf(List<String[]> triples) {
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, Map<String, Object>> attributes = new HashMap<>();
        Map<String, Map<String, String>> statements = new LinkedHashMap<>();
        for (String[] triple : triples) {
            if (triple[1].endsWith("#label>")) {
                labels.put(name(triple[0]), (String) value(triple[2]));
            } else if (triple[1].startsWith("<urn:arrakis:attribute:")) {
                attributes.computeIfAbsent(triple[0], s -> new HashMap<>()).put(name(triple[1]), value(triple[2]));
            } else if (triple[0].startsWith("_:")) {
                statements
                        .computeIfAbsent(triple[0], s -> new HashMap<>())
                        .put(triple[1].replaceAll(".*#|>", ""), name(triple[2]));
            }
        }
        List<Graph.Node> nodes = labels.entrySet().stream()
                .map(label -> new Graph.Node(
                        label.getKey(),
                        label.getValue(),
                        attributes.entrySet().stream()
                                .filter(entry -> entry.getKey().startsWith("<")
                                        && name(entry.getKey()).equals(label.getKey()))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse(Map.of())))
                .toList();
        List<Graph.Edge> edges = statements.entrySet().stream()
                .map(entry -> {
                    Map<String, Object> own = new HashMap<>(attributes.get(entry.getKey()));
                    double weight = (Double) own.remove("weight");
                    Map<String, String> parts = entry.getValue();
                    return edge(parts.get("subject"), parts.get("object"), parts.get("predicate"), weight, own);
                })
                .toList();
        return new Graph(nodes, edges);
    }

    private static String name(String iri) {
        return URLDecoder.decode(iri.replaceAll("^<urn:arrakis:[a-z]*:|>$", ""), StandardCharsets.UTF_8);
    }

    private static Object value(String literal) {
        int end = literal.lastIndexOf('"');
        String text = literal.substring(1, end);
        String type = literal.substring(end + 1);
        if (type.endsWith("#integer>")) {
            return Long.valueOf(text);
        }
        if (type.endsWith("#double>")) {
            return Double.valueOf(text);
        }
        return type.endsWith("#boolean>") ? (Object) Boolean.valueOf(text) : text.translateEscapes();
    }

    @Test
    void everyFormatWritesAnEmptyGraph() {
        Graph empty = new Graph(List.of(), List.of());
        Stream.of(GraphFormat.values())
                .filter(format -> format != GraphFormat.NT)
                .forEach(format -> assertThat(format.write(empty)).endsWith("\n"));
        assertThat(GraphFormat.NT.write(empty)).isEmpty();
    }
}
