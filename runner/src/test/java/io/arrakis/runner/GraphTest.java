package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.result.Graph;
import io.arrakis.runner.command.ExitStatus;
import io.arrakis.runtime.result.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code graph} on a run that left two graphs, whatever tool made them. */
class GraphTest {

    @TempDir
    private Path run;

    /** A result with a graph inside. */
    public record Result(Graph graph) {}

    @BeforeEach
    void write() throws IOException {
        Files.writeString(run.resolve("manifest.json"), """
                {"steps": [{"name": "one", "control": null}, {"name": "two", "control": null},
                           {"name": "two", "control": "random_model"}, {"name": "failed", "control": null}]}
                """);
        Graph.Node bank = new Graph.Node("1", "bank", Map.of());
        Graph.Node money = new Graph.Node("2", "money", Map.of());
        Graph.Node river = new Graph.Node("3", "river", Map.of());
        Graph.Edge first = new Graph.Edge("1", "2", "L2H5", 0.75, Map.of());
        Graph.Edge second = new Graph.Edge("3", "1", "L0H1", 0.5, Map.of());
        save("one", new Graph(List.of(bank, money), List.of(first)));
        save("two", new Graph(List.of(bank, money, river), List.of(first, second)));
    }

    private void save(String step, Graph graph) {
        ResultFiles.write(
                run.resolve("results").resolve(step), "kg_extractor.any", Optional.empty(), new Result(graph));
    }

    private Cli graph(String arguments) {
        return Cli.run(("graph " + run + " " + arguments).strip().split(" "));
    }

    @Test
    void listsTheGraphsOfARun() {
        Cli ended = graph("");
        assertThat(ended.out()).isEqualTo("""
                graph      nodes  edges
                one.graph  2      1
                two.graph  3      2
                """);
        assertThat(ended.status()).isZero();
    }

    @Test
    void printsANeighbourhoodOfTheLastGraph() {
        Cli ended = graph("--ego money --hops 2");
        assertThat(ended.err()).isEqualTo("two.graph: 3 nodes, 2 edges\n");
        assertThat(ended.out()).isEqualTo("""
                hop  from   to     type  weight
                1    bank   money  L2H5  0.750
                2    river  bank   L0H1  0.500
                """);
    }

    @Test
    void takesTheLastGraphThatHasTheNode() {
        save("two", new Graph(List.of(new Graph.Node("1", "bank", Map.of())), List.of()));
        assertThat(graph("--ego money").err()).isEqualTo("one.graph: 2 nodes, 1 edge\n");
        assertThat(graph("--ego bank").err()).isEqualTo("two.graph: 1 node, 0 edges\n");
    }

    @Test
    void writesAGraphThatIsNamed() throws IOException {
        assertThat(graph("--graph one --format csv").out()).isEqualTo("""
                from,to,from_label,to_label,type,weight
                1,2,bank,money,L2H5,0.75
                """);
        Path file = run.resolve("around.dot");
        assertThat(graph("--ego river --format dot --out " + file).out()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("""
                digraph {
                  "1" ["label"="bank"];
                  "3" ["label"="river"];
                  "3" -> "1" ["label"="L0H1", "weight"="0.5"];
                }
                """);
    }

    @Test
    void countsTheEdgesOfNodes() {
        assertThat(graph("--graph two").out()).isEqualTo("""
                node   edges
                bank   2
                money  1
                river  1
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            --ego banc            ~ --ego: error TOOL-INPUT: no node is called 'banc'; did you mean bank, money, river?
            --ego bank --hops -1  ~ --hops: error USAGE: there are no -1 steps; give a whole number at least 0
            --hops 2              ~ --hops: error USAGE: steps are counted from a node; give --ego too
            --graph three         ~ --graph: error TOOL-INPUT: this run has no graph 'three'; it has two.graph, one.graph
            --out x.dot           ~ --out: error USAGE: a file is written in a format; give --format too
            """)
    void saysWhatIsWrong(String arguments, String sentence) {
        Cli ended = graph(arguments.strip());
        assertThat(ended.err()).isEqualTo(sentence + "\n");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
    }

    @Test
    void saysWhenThereIsNoGraph() throws IOException {
        Path empty = Files.createDirectory(run.resolve("empty"));
        Files.writeString(empty.resolve("manifest.json"), "{\"steps\": []}");
        assertThat(Cli.run("graph", empty.toString()).err())
                .contains("no step of this run has left a graph; run an experiment with a step such as");
        assertThat(Cli.run("graph", run.resolve("none").toString()).err())
                .contains("it is no run directory: it has no manifest.json");
    }
}
