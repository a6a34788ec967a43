package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.ToolPlugin;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSource;
import io.arrakis.runner.command.ExitStatus;
import io.arrakis.testkit.PluginJar;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of jars that people bring, whole ones and broken ones side by side, as the command line shows them. */
class StrangersPluginsTest {

    private static final Path OTHER = Path.of(System.getProperty("other.libraries"));

    @TempDir
    private Path folder;

    private Path plugins;

    @BeforeEach
    void addAWholeOne() {
        plugins = folder.resolve("plugins");
        StrangeTool.named("whole").jar().version("1.2.3").write(jar("whole"));
        TinyModel.bert(TinyModel.Size.SMALL, List.of("a", "cat"), 1).write(folder.resolve("tiny"));
    }

    private Path jar(String name) {
        return plugins.resolve(name).resolve(name + ".jar");
    }

    private Cli arrakis(String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--plugins";
        all[all.length - 1] = plugins.toString();
        return Cli.run(all);
    }

    private Path experiment(String operation, String with) throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), """
                name: strangers
                model: tiny
                steps:
                  step: {use: %s, with: {%s}}
                """.formatted(operation, with));
    }

    /** Runs the operation of a tool and returns what it said. */
    private String said(String tool) throws IOException {
        Cli ended = arrakis(
                "run",
                experiment(tool + ".say", "").toString(),
                "--json",
                "--save-dir",
                folder.resolve("runs").toString());
        assertThat(ended.status()).as(ended.err()).isZero();
        Path result = Path.of(ended.document().get("run").asText()).resolve("results/step/result.json");
        return Cli.document(Files.readString(result)).at("/result/said").asText();
    }

    @Test
    void listsWhatIsBrokenWithTheReasonAndTheRestGoesOn() throws IOException {
        StrangeTool.named("old").builtFor(0).jar().version("0.9").write(jar("old"));
        StrangeTool.named("young").builtFor(99).jar().write(jar("young"));
        StrangeTool.named("thrower")
                .constructor("if (true) throw new IllegalStateException(\"no luck\");")
                .jar()
                .write(jar("thrower"));
        StrangeTool lacking = StrangeTool.named("lacking");
        lacking.jar().without(lacking.className("Say")).write(jar("lacking"));
        StrangeTool.named("one").claiming("twice").jar().version("1").write(jar("one"));
        StrangeTool.named("two").claiming("twice").jar().version("2").write(jar("two"));
        new PluginJar().service(ToolPlugin.class, "org.strange.Nothing").write(jar("nothing"));

        Cli ended = arrakis("tools");

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains("whole 1.2.3 (" + jar("whole") + ")\n  A stranger's.\n  say  Says a word.\n")
                .contains("k_prober ")
                .contains("tool 'old' of " + jar("old") + " (0.9): it was built against API 0 and this is API 1;"
                        + " get a newer version of it\n")
                .contains("tool 'young' of " + jar("young")
                        + ": it was built against API 99 and this is API 1;"
                        + " get a newer Arrakis, or an older version of it\n")
                .contains("tool of " + jar("thrower")
                        + ": it threw java.lang.IllegalStateException: no luck"
                        + " (in org.strange.thrower.Plugin.<init>)\n")
                .contains("tool of " + jar("lacking") + ": it threw java.lang.NoClassDefFoundError:"
                        + " org/strange/lacking/Say; it may have been built against other versions than those here:")
                .contains("the name is taken by " + jar("one") + " (1) and " + jar("two")
                        + " (2); take one of them away\n")
                .contains("tool of " + plugins.resolve("nothing")
                        + ": its META-INF/services file is wrong: Provider org.strange.Nothing not found\n");
        assertThat(said("whole")).isEqualTo("a word");
    }

    @Test
    void listsModelFamiliesAndModelSourcesToo() throws IOException {
        sample("model-family", "SampleFamily", ModelFamily.class);
        sample("model-source", "FormulaSource", ModelSource.class);

        String all = arrakis("tools").out();
        assertThat(all.substring(all.indexOf("\nmodel families\n"), all.indexOf("\nmodel sources\n")))
                .containsPattern("\n  sample_gpt +2 \\(" + jar("model-family") + "\\)\n")
                .contains("\n  gpt2 ");
        assertThat(all.substring(all.indexOf("\nmodel sources\n")))
                .containsPattern("\n  formula +2 \\(" + jar("model-source") + "\\)\n");
        assertThat(arrakis("tools", "sample_gpt").out())
                .isEqualTo("sample_gpt 2 (" + jar("model-family") + ")\n  A model family: reads models whose"
                        + " config.json says \"model_type\": \"sample_gpt\".\n");
        assertThat(arrakis("tools", "formula").out())
                .isEqualTo("formula 2 (" + jar("model-source") + ")\n  A model source: opens what an experiment names"
                        + " with 'model:'.\n  model: formula:1\n");
    }

    private void sample(String folderName, String name, Class<?> service) throws IOException {
        Path source = Path.of("../experiments/samples", folderName, name + ".java");
        new PluginJar()
                .source("org.example.samples." + name, Files.readString(source))
                .service(service, "org.example.samples." + name)
                .version("2")
                .write(jar(folderName));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            old   | TOOL-BROKEN  | it was built against API 0
            twice | TOOL-BROKEN  | the name is taken by
            lost  | UNKNOWN-TOOL | it may be one of those that could not be loaded: see 'arrakis tools'
            """)
    void tellsAnExperimentThatNamesABrokenOne(String tool, String code, String reason) throws IOException {
        StrangeTool.named("old").builtFor(0).jar().write(jar("old"));
        StrangeTool.named("one").claiming("twice").jar().write(jar("one"));
        StrangeTool.named("two").claiming("twice").jar().write(jar("two"));
        StrangeTool.named("lost")
                .constructor("if (true) throw new Error();")
                .jar()
                .write(jar("lost"));

        Path file = experiment(tool + ".say", "");
        Cli ended = arrakis("validate", file.toString());

        assertThat(ended.err()).startsWith(file + ":4:15: error " + code + ": ").contains(reason);
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(arrakis("validate", experiment("whole.say", "").toString()).status())
                .isZero();
    }

    @Test
    void aModuleThatThrowsBreaksOnlyWhatAsksForIt() throws IOException {
        StrangeTool.named("unbound")
                .module("if (true) throw new IllegalStateException(\"no module\");")
                .jar()
                .version("3")
                .write(jar("unbound"));

        Path file = experiment("unbound.say", "");
        Cli ended = arrakis("validate", file.toString());

        assertThat(ended.err())
                .startsWith(file + ":4:3: error TOOL-BROKEN: unbound.say: it cannot be made: it threw"
                        + " java.lang.IllegalStateException: no module (plug-in " + jar("unbound")
                        + " (3)); see the log,");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        String told = "unbound 3 (" + jar("unbound") + ")\n  A stranger's.\n"
                + "  broken: it cannot be made: it threw java.lang.IllegalStateException: no module\n";
        assertThat(arrakis("tools").out()).contains(told).containsOnlyOnce("broken");
        assertThat(arrakis("tools", "unbound").out()).startsWith(told);
        assertThat(said("whole")).isEqualTo("a word");
    }

    @Test
    void aClassThatIsMissingWhenItRunsIsToldWithToolAndJar() throws IOException {
        StrangeTool tool = StrangeTool.named("hollow");
        tool.saying(tool.className("Help") + ".word()")
                .jar()
                .source(
                        tool.className("Help"),
                        "package org.strange.hollow; class Help { static String word() { return \"\"; } }")
                .without(tool.className("Help"))
                .write(jar("hollow"));

        Cli ended = arrakis("run", experiment("hollow.say", "").toString(), "--save-dir", folder.toString());

        assertThat(ended.err())
                .contains("error TOOL-FAILED: hollow.say of " + jar("hollow")
                        + " (unversioned) threw NoClassDefFoundError: org/strange/hollow/Help");
        assertThat(ended.status()).isEqualTo(ExitStatus.INTERNAL.number());
    }

    @Test
    void bringsAnotherGuavaAndAnotherJacksonThanOurs() throws IOException {
        Path guava = Files.createDirectories(plugins.resolve("libraries")).resolve("guava.jar");
        Path jackson = guava.resolveSibling("jackson-core.jar");
        Files.copy(OTHER.resolve("guava.jar"), guava);
        Files.copy(OTHER.resolve("jackson-core.jar"), jackson);
        StrangeTool.named("libraries")
                .saying("com.fasterxml.jackson.core.json.PackageVersion.VERSION + \" \""
                        + " + com.google.common.base.Joiner.on(\"-\").join(1, 2) + \" \""
                        + " + java.nio.file.Path.of(com.google.common.base.Joiner.class.getProtectionDomain()"
                        + ".getCodeSource().getLocation().toURI())")
                .jar()
                .library(guava)
                .library(jackson)
                .write(jar("libraries"));

        String other = System.getProperty("other.jackson.version");
        assertThat(ObjectMapper.class.getPackage().getImplementationVersion()).isNotEqualTo(other);
        assertThat(said("libraries")).isEqualTo(other + " 1-2 " + guava);
    }

    @Test
    void usesServiceLoaderFromAPoolThatItStarts() throws IOException {
        StrangeTool tool = StrangeTool.named("pool");
        tool.saying(tool.className("Pool") + ".greet()")
                .jar()
                .source(
                        tool.className("Greeting"),
                        "package org.strange.pool; public interface Greeting { String text(); }")
                .source(
                        tool.className("Hello"),
                        "package org.strange.pool; public class Hello implements Greeting {"
                                + " public String text() { return \"hello\"; } }")
                .source(tool.className("Pool"), """
                        package org.strange.pool;
                        import java.util.ServiceLoader;
                        import java.util.concurrent.*;
                        class Pool {
                            static String greet() throws Exception {
                                ExecutorService pool = Executors.newFixedThreadPool(2);
                                try {
                                    return pool.submit(() -> ServiceLoader.load(Greeting.class).findFirst()
                                            .map(Greeting::text).orElse("nobody")).get();
                                } finally {
                                    pool.shutdown();
                                }
                            }
                        }
                        """)
                .service(tool.className("Greeting"), tool.className("Hello"))
                .write(jar("pool"));

        assertThat(said("pool")).isEqualTo("hello");
    }

    @Test
    void itsParametersAreInTheSchemaInToolsAndInErrors() throws IOException {
        JsonNode schema = arrakis("schema").document();
        assertThat(schema.toString()).contains("\"whole.say\"", "\"times\"");
        assertThat(arrakis("tools", "whole.say").out())
                .contains("times  default 1: a whole number from 1 to 5", "How often.");
        Path file = experiment("whole.say", "times: 6, tmes: 1");
        assertThat(arrakis("validate", file.toString()).err())
                .contains(file + ":4:40: error SPEC-RANGE: times")
                .contains(
                        file + ":4:43: error SPEC-UNKNOWN-KEY: whole.say has no option 'tmes'; did you mean 'times'?");
    }

    @ParameterizedTest
    @CsvSource({"arrakis.plugins, ''", "user.home, .arrakis/plugins"})
    void looksIntoTheFoldersOfTheDistributionAndOfTheUser(String property, String below) throws IOException {
        String before = System.getProperty(property);
        Path root = folder.resolve("elsewhere");
        StrangeTool.named("elsewhere").jar().write(root.resolve(below).resolve("elsewhere/elsewhere.jar"));
        try {
            System.setProperty(property, root.toString());
            assertThat(Cli.run("tools", "elsewhere").out()).contains("elsewhere.say");
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }
}
