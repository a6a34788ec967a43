package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import io.arrakis.runtime.plugin.SnakeCase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes the jar of a tool away: the rest goes on, and only an experiment that names the tool is told. */
class MissingToolTest {

    @TempDir
    private Path directory;

    /** Every plug-in of ours with tools, by the names of these. */
    static List<Arguments> tools() {
        return ServiceLoader.load(ToolPlugin.class, MissingToolTest.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(plugin -> plugin.getClass().getName().startsWith("io.arrakis.tools."))
                .flatMap(plugin -> plugin.tools().stream().map(tool -> Arguments.of(module(plugin), tool)))
                .toList();
    }

    private static String module(ToolPlugin plugin) {
        return "tools-" + plugin.getClass().getPackageName().replaceFirst("io\\.arrakis\\.tools\\.", "");
    }

    @Test
    void triesEveryToolModule() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            assertThat(tools().stream().map(each -> each.get()[0]).distinct())
                    .containsExactlyInAnyOrderElementsOf(
                            folders.map(folder -> folder.getFileName().toString())
                                    .filter(name -> name.startsWith("tools-"))
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void restGoesOnAndTheExperimentThatNamesItIsTold(String module, ToolDescriptor missing) throws Exception {
        StringBuilder yaml = new StringBuilder("name: missing\nmodel: {random: {like: minilm, seed: 1}}\nsteps:\n");
        List<String> others = new ArrayList<>();
        yaml.append("  missing: {use: ").append(firstOperation(missing)).append("}\n");
        for (Arguments each : tools()) {
            ToolDescriptor tool = (ToolDescriptor) each.get()[1];
            if (!each.get()[0].equals(module)) {
                others.add(tool.name());
                yaml.append("  other: {use: ".replace("other", tool.name()))
                        .append(firstOperation(tool))
                        .append(", with: {no_such_option: 1}}\n");
            }
        }
        String output = validateWithout(module, yaml.toString());
        assertThat(output)
                .contains("experiment.yaml:4:18: error UNKNOWN-TOOL: there is no tool '" + missing.name() + "'")
                .containsOnlyOnce("UNKNOWN-TOOL");
        assertThat(others).isNotEmpty().allSatisfy(other -> assertThat(output)
                .containsPattern(other + "\\.[a-z_]+ has no option 'no_such_option'"));
    }

    private static String firstOperation(ToolDescriptor tool) {
        return tool.name() + "." + SnakeCase.of(tool.operations().get(0).getSimpleName());
    }

    private String validateWithout(String module, String yaml) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("experiment.yaml"), yaml);
        Command.Ended ended = Command.in(directory)
                .run(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPathWithout(module),
                        "-Darrakis.cache=" + directory.resolve("cache"),
                        "io.arrakis.runner.Main",
                        "validate",
                        file.toString());
        String output = ended.out() + ended.err();
        assertThat(ended.status()).as(output).isEqualTo(2);
        return output;
    }

    private static String classPathWithout(String module) {
        List<String> all = Arrays.asList(StrangersTests.CLASS_PATH.split(File.pathSeparator));
        List<String> rest =
                all.stream().filter(entry -> !entry.contains(module)).toList();
        assertThat(rest).as("the class path without " + module).hasSizeLessThan(all.size());
        return rest.stream().collect(Collectors.joining(File.pathSeparator));
    }
}
