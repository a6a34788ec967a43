package io.arrakis.runtime.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.bench.Bench;
import io.arrakis.api.bench.BenchExperiment;
import io.arrakis.api.bench.BenchTool;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.run.PlantedPlugin;
import io.arrakis.runtime.run.PlantedPlugin.AddToRows;
import io.arrakis.runtime.run.PlantedPlugin.ReadRows;
import io.arrakis.testkit.TinyModel;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of {@link PlantedPlugin} called from Java. */
class BenchTest {

    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        Path model = TinyModel.bert(TinyModel.Size.SMALL, List.of("the", "cat", "sat"), 1)
                .write(folder.resolve("tiny"));
        bench = Bench.of(model.toString())
                .texts("texts", "the cat sat", "cat")
                .seed(3)
                .saveTo(folder.resolve("runs"))
                .cacheIn(folder.resolve("cache"))
                .open();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void takesArgumentsInTheOrderOfTheRecordAndDefaultsForTheRest() {
        ReadRows.Read found = bench.call(ReadRows.class, 1, List.of("the cat"));
        assertThat(found.layer()).isEqualTo(1);
        assertThat(found.rows().rows()).hasSize(2);
        ReadRows.Read pooled = bench.call(ReadRows.class, 1, List.of("the cat"), Rows.MEAN);
        assertThat(pooled.rows().rows()).hasSize(1);
    }

    @Test
    void takesValuesOfTheParametersTypesToo() {
        ReadRows.Read listed = bench.call(ReadRows.class, 1, new TextSet.Listed(List.of("the cat sat", "cat")));
        ReadRows.Read data = bench.call(ReadRows.class, 1, new TextSet.OfData(new DataRef("texts")));
        assertThat(data.rows()).isEqualTo(listed.rows());
    }

    @Test
    void theResultOfACallStandsForItsStep() {
        ReadRows.Read rows = bench.call(ReadRows.class, 0, List.of("the cat sat"));
        AddToRows.Added added = bench.call(AddToRows.class, rows, 2.5);
        AddToRows.Added zero = bench.call(AddToRows.class, rows, 0);
        assertThat(added.sum() - zero.sum()).isEqualTo(2.5);
    }

    @Test
    void leavesARunDirectoryWhoseYamlRepeatsTheCall() throws Exception {
        assertThat(bench.lastRun()).isEmpty();
        bench.call("planted.read_rows", 1, List.of("the cat"));
        Path run = bench.lastRun().orElseThrow();
        assertThat(run.getParent()).isEqualTo(folder.resolve("runs/bench"));
        assertThat(run.resolve("report.html")).exists();
        assertThat(Files.readString(run.resolve("experiment.yaml")))
                .contains("seed: 3", "use: planted.read_rows", "layer_idx: 1");
    }

    @Test
    void usesToolsByName() {
        BenchTool planted = bench.useTools("planted");
        assertThat(planted.name()).isEqualTo("planted");
        Record found = planted.call("read_rows", 2, List.of("cat"));
        assertThat(found).isInstanceOf(ReadRows.Read.class);
        assertThat(planted.call(ReadRows.class, 2, List.of("cat"))).isEqualTo(found);
    }

    /** An experiment as a class. */
    static final class TwoLayers implements BenchExperiment<Map<String, Integer>> {

        private final BenchTool planted;

        @Inject
        TwoLayers(@Named("planted") BenchTool planted) {
            this.planted = planted;
        }

        @Override
        public Map<String, Integer> run() {
            ReadRows.Read first = planted.call(ReadRows.class, 0, List.of("cat"));
            ReadRows.Read last = planted.call(ReadRows.class, 2, List.of("cat"));
            return Map.of("first", first.layer(), "last", last.layer());
        }
    }

    @Test
    void runsExperimentsAsClassesWithTheirToolsInjected() {
        assertThat(bench.logExperiment(TwoLayers.class)).isEqualTo(Map.of("first", 0, "last", 2));
        assertThat(bench.lastRun().orElseThrow().getParent()).isEqualTo(folder.resolve("runs/two_layers"));
    }

    @Test
    void keepsTheCallsOfAnExperimentTogether() {
        int layer = bench.logExperiment(
                "senses", () -> bench.call(ReadRows.class, 1, List.of("cat")).layer());
        assertThat(layer).isEqualTo(1);
        assertThat(bench.lastRun().orElseThrow().getParent()).isEqualTo(folder.resolve("runs/senses"));
        bench.call(ReadRows.class, 1, List.of("cat"));
        assertThat(bench.lastRun().orElseThrow().getParent()).isEqualTo(folder.resolve("runs/bench"));
    }

    /** Asks for a tool that is not there. */
    static final class Lost implements BenchExperiment<String> {
        @Inject
        Lost(@Named("nothing") BenchTool nothing) {
            nothing.name();
        }

        @Override
        public String run() {
            return "";
        }
    }

    @Test
    void saysWhatIsWrong() {
        refuses(() -> bench.call(ReadRows.class, 9, List.of("cat")), "error SPEC-RANGE: layer_idx 9");
        refuses(() -> bench.call(ReadRows.class, "one", List.of("cat")), "error SPEC-TYPE: layer_idx");
        refuses(() -> bench.call(ReadRows.class), "needs the option 'layer_idx'");
        refuses(
                () -> bench.call(ReadRows.class, 1, List.of("cat"), Rows.EACH, "all", "float32", 6),
                "6 arguments for 5 parameters");
        refuses(
                () -> bench.call("planted.read_row"),
                "the tool planted has no operation of this name; did you mean 'read_rows'?");
        refuses(() -> bench.call("plantd.read_rows"), "there is no tool of this name; did you mean 'planted'?");
        refuses(() -> bench.useTools("plantd"), "did you mean 'planted'?");
        refuses(() -> bench.logExperiment(Lost.class), "the experiment cannot be made", "Named(\"nothing\")");
        refuses(
                () -> Bench.of("nowhere").saveTo(folder).cacheIn(folder).open().call(ReadRows.class, 1, List.of("cat")),
                "UNKNOWN-MODEL");
    }

    private static void refuses(Runnable call, String... parts) {
        assertThatThrownBy(call::run).isInstanceOf(ArrakisException.class).hasMessageContainingAll(parts);
    }
}
