package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.spec.CheckedSweep;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.runtime.spec.ExperimentSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every experiment of this folder is valid, by the binder and by the schema that editors get. */
class ExperimentFilesTest {

    private static final Path FOLDER = Path.of("");

    @TempDir
    private static Path cache;

    private static ArrakisRuntime runtime;
    private static JsonSchema schema;

    @BeforeAll
    static void open() {
        runtime = ArrakisRuntime.open(RuntimeSettings.of(cache, PluginPath.none()));
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(ExperimentSchema.of(runtime.vocabulary()));
    }

    @AfterAll
    static void close() {
        runtime.close();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER.toAbsolutePath())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> FOLDER.toAbsolutePath().relativize(file))
                    .filter(file -> !file.startsWith("target") && !file.startsWith("src"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void quickstartIsAmongThem() throws IOException {
        assertThat(files()).contains(Path.of("quickstart.yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void hasNoProblem(Path file) {
        CheckedSweep checked = runtime.checkSweep(ExperimentReader.Request.of(file));
        assertThat(checked.problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void fitsTheSchema(Path file) throws IOException {
        Object values = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        JsonNode tree = new ObjectMapper().valueToTree(values);
        assertThat(schema.validate(tree)).isEmpty();
    }
}
