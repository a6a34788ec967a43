package io.arrakis.runner.command;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.result.Graph;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.Counted;
import io.arrakis.runner.render.TextTable;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.graph.GraphFormat;
import io.arrakis.runtime.graph.Neighbourhood;
import io.arrakis.runtime.graph.RunGraphs;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Walks in the graphs of a run, and writes them for other programs. */
@Command(
        name = "graph",
        description =
                "Lists the graphs of a run, prints what lies around a node, or writes a graph for other programs.",
        mixinStandardHelpOptions = true)
final class GraphCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "A run directory.")
    private Path run;

    @Option(
            names = "--graph",
            paramLabel = "STEP",
            description =
                    "The step whose graph is meant, or the step and the place in its result; if left out the last one, with --ego the last"
                            + " that has the node.")
    private Optional<String> name;

    @Option(names = "--ego", paramLabel = "NODE", description = "Only what lies around the node of this label or id.")
    private Optional<String> ego;

    @Option(
            names = "--hops",
            paramLabel = "N",
            description = "How many steps from the node, along edges in both directions; 1 if left out.")
    private Optional<Integer> hops;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Write the graph as ${COMPLETION-CANDIDATES} instead of printing a table.")
    private Optional<GraphFormat> format;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file; needs --format.")
    private Optional<Path> out;

    private final Console console;

    GraphCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        requireSense();
        RunGraphs graphs = RunGraphs.of(run);
        if (name.isEmpty() && ego.isEmpty() && format.isEmpty()) {
            list(graphs).lines().forEach(console::result);
            return ExitStatus.DONE.number();
        }
        RunGraphs.Found found = name.isEmpty() && ego.isPresent() ? graphs.lastWith(ego.get()) : graphs.get(name);
        Graph whole = found.read();
        Optional<Neighbourhood> around = ego.map(node -> Neighbourhood.of(whole, node, hops.orElse(1)));
        Graph graph = around.map(Neighbourhood::graph).orElse(whole);
        console.say(found.name() + ": " + size(graph));
        if (format.isPresent()) {
            write(format.get().write(graph));
        } else {
            around.map(GraphCommand::table)
                    .orElseGet(() -> busiest(graph))
                    .lines()
                    .forEach(console::result);
        }
        return ExitStatus.DONE.number();
    }

    private void requireSense() {
        hops.filter(steps -> steps < 0).ifPresent(steps -> {
            throw usage("--hops", "there are no " + steps + " steps", "give a whole number at least 0");
        });
        if (hops.isPresent() && ego.isEmpty()) {
            throw usage("--hops", "steps are counted from a node", "give --ego too");
        }
        if (out.isPresent() && format.isEmpty()) {
            throw usage("--out", "a file is written in a format", "give --format too");
        }
    }

    private static ArrakisException usage(String option, String message, String mend) {
        return new ArrakisException(ErrorCode.USAGE, option, message, mend);
    }

    private void write(String text) {
        if (out.isEmpty()) {
            text.lines().forEach(console::result);
            return;
        }
        AtomicFiles.write(out.get().toAbsolutePath(), text);
    }

    private static String size(Graph graph) {
        return Counted.of(graph.nodes().size(), "node", "nodes") + ", "
                + Counted.of(graph.edges().size(), "edge", "edges");
    }

    private static TextTable list(RunGraphs graphs) {
        TextTable table = new TextTable().row("graph", "nodes", "edges");
        graphs.get(Optional.empty());
        for (RunGraphs.Found found : graphs.graphs()) {
            Graph graph = found.read();
            table.row(
                    found.name(),
                    Integer.toString(graph.nodes().size()),
                    Integer.toString(graph.edges().size()));
        }
        return table;
    }

    private static TextTable table(Neighbourhood around) {
        Map<String, String> labels = around.labels();
        TextTable table = new TextTable().row("hop", "from", "to", "type", "weight");
        around.steps()
                .forEach(step -> table.row(
                        Integer.toString(step.hop()),
                        labels.get(step.edge().from()),
                        labels.get(step.edge().to()),
                        step.edge().type(),
                        String.format(Locale.ROOT, "%.3f", step.edge().weight())));
        return table;
    }

    private static TextTable busiest(Graph graph) {
        TextTable table = new TextTable().row("node", "edges");
        Neighbourhood.busiest(graph, 20)
                .forEach(node -> table.row(node.node().label(), Integer.toString(node.edges())));
        return table;
    }
}
