package io.arrakis.tools.kg;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.alg.clustering.LabelPropagationClustering;
import org.jgrapht.alg.clustering.UndirectedModularityMeasurer;
import org.jgrapht.alg.scoring.BetweennessCentrality;
import org.jgrapht.alg.scoring.PageRank;
import org.jgrapht.graph.AsUnweightedGraph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.jgrapht.graph.SimpleWeightedGraph;

/** Groups and centralities of a graph of tokens. */
final class GraphShape {

    private static final int ITERATIONS = 100;

    private final Graph<String, DefaultWeightedEdge> directed =
            new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
    private final Graph<String, DefaultWeightedEdge> undirected = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    private final List<Set<String>> groups;
    private final Map<String, Double> pageRank;
    private final Map<String, Double> betweenness;

    /**
     * Measures a graph with at least one edge; edges without a positive weight count as next to nothing. On a shortest path each edge
     * is one step: a weight is a likeness and no length.
     *
     * @param seed in which order tokens take the group of their neighbours
     */
    GraphShape(List<MergedEdge> edges, long seed) {
        for (MergedEdge edge : edges) {
            double weight = Math.max(edge.weight(), Double.MIN_NORMAL);
            Graphs.addEdgeWithVertices(directed, edge.from(), edge.to(), weight);
            DefaultWeightedEdge both = undirected.containsVertex(edge.from()) && undirected.containsVertex(edge.to())
                    ? undirected.getEdge(edge.from(), edge.to())
                    : null;
            if (both == null) {
                Graphs.addEdgeWithVertices(undirected, edge.from(), edge.to(), weight);
            } else {
                undirected.setEdgeWeight(both, undirected.getEdgeWeight(both) + weight);
            }
        }
        groups = new LabelPropagationClustering<>(undirected, ITERATIONS, new Random(seed))
                .getClustering()
                .getClusters();
        pageRank = new PageRank<>(directed).getScores();
        betweenness = new BetweennessCentrality<>(new AsUnweightedGraph<>(directed), true).getScores();
    }

    int tokens() {
        return directed.vertexSet().size();
    }

    int groups() {
        return groups.size();
    }

    double modularity() {
        return new UndirectedModularityMeasurer<>(undirected).modularity(groups);
    }

    /** Returns the group of each token, counted from 0. */
    Map<String, Integer> groupOf() {
        Map<String, Integer> groupOf = new HashMap<>();
        for (int group = 0; group < groups.size(); group++) {
            for (String token : groups.get(group)) {
                groupOf.put(token, group);
            }
        }
        return groupOf;
    }

    int in(String token) {
        return directed.inDegreeOf(token);
    }

    int out(String token) {
        return directed.outDegreeOf(token);
    }

    double pageRank(String token) {
        return pageRank.get(token);
    }

    double betweenness(String token) {
        return betweenness.get(token);
    }
}
