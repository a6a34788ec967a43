package io.arrakis.runtime.graph;

import io.arrakis.api.result.Graph;
import io.arrakis.runtime.result.ResultFiles;
import java.util.function.Function;

/** How a graph is written for other programs. Equal graphs give equal texts. */
public enum GraphFormat {
    /** GraphML, as runs keep their graphs. */
    GRAPHML(ResultFiles::graphMl),
    /** The language of Graphviz. */
    DOT(DotText::write),
    /** Node-link JSON, which networkx and d3 read. */
    JSON(NodeLinkJson::write),
    /** RDF as N-Triples. */
    NT(NTriples::write),
    /** A table of the edges. */
    CSV(EdgeCsv::write);

    private final Function<Graph, String> writer;

    GraphFormat(Function<Graph, String> writer) {
        this.writer = writer;
    }

    /** Returns the text of a graph, {@code \n} at the end. */
    public String write(Graph graph) {
        return writer.apply(graph);
    }
}
