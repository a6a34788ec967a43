package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.ApiVersion;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.plugin.TestCatalogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that cannot be used fail the experiments that name them, and no others. */
class BrokenToolTest {

    /** For an API of the future. */
    public static final class Young implements ToolPlugin {
        @Override
        public int apiVersion() {
            return ApiVersion.CURRENT + 1;
        }

        @Override
        public List<ToolDescriptor> tools() {
            return List.of(ToolDescriptor.named("young", "From the future.", Wait.class));
        }
    }

    /** With parameters that nobody can write. */
    public static final class Odd implements ToolPlugin {
        @Override
        public int apiVersion() {
            return ApiVersion.CURRENT;
        }

        @Override
        public List<ToolDescriptor> tools() {
            return List.of(ToolDescriptor.named("odd", "Waits.", Wait.class));
        }
    }

    /** Waits. */
    public static final class Wait implements Operation<Wait.Params, Wait.Waited> {
        /** The parameters. */
        public record Params(Duration time) {}

        /** The result. */
        public record Waited(double seconds) {}

        @Override
        public Requirements requires(Params params, Planning planning) {
            return Requirements.none();
        }

        @Override
        public Waited run(Params params, Inputs inputs, OperationContext context) {
            return new Waited(0);
        }
    }

    @TempDir
    private Path directory;

    private List<String> problems(String use) throws IOException {
        Vocabulary vocabulary = new Vocabulary(TestCatalogs.withTools(SamplePlugin.class, Young.class, Odd.class));
        Path file = Files.writeString(
                directory.resolve("e.yaml"), "model: minilm\nsteps: {a: {use: " + use + ", with: {time: 3}}}\n");
        return new ExperimentReader(vocabulary, ModelLookup.NONE)
                .read(ExperimentReader.Request.of(file)).problems().stream()
                        .map(Problem::toString)
                        .map(problem -> problem.replace(file + ":", "").replaceFirst(" of /.*classes", " of JAR"))
                        .toList();
    }

    @Test
    void saysWhyAToolCannotBeLoaded() throws IOException {
        assertThat(problems("young.wait"))
                .containsExactly(
                        "2:18: error TOOL-BROKEN: tool 'young' of JAR: it was built against API 2 and this is API 1;"
                                + " get a newer Arrakis, or an older version of it");
    }

    @Test
    void saysWhyTheParametersOfAnOperationCannotBeUsed() throws IOException {
        assertThat(problems("odd.wait"))
                .containsExactly("2:9: error TOOL-BROKEN: the parameters of odd.wait cannot be understood: Params.time:"
                        + " parameters of the type java.time.Duration cannot be written; tell its author");
    }

    @Test
    void leavesOtherToolsAlone() throws IOException {
        assertThat(problems("sample.every_form"))
                .singleElement()
                .asString()
                .startsWith("2:44: error SPEC-UNKNOWN-KEY: sample.every_form has no option 'time'");
    }
}
