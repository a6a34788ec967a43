package io.arrakis.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.ToolPlugin;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCatalogTest {

    @TempDir
    private Path plugins;

    private PluginCatalog catalog;

    @AfterEach
    void closeJars() {
        if (catalog != null) {
            catalog.close();
        }
    }

    private PluginCatalog read() {
        catalog = PluginCatalog.discover(new PluginPath(List.of(plugins)), TestCatalogs.loader());
        return catalog;
    }

    private Path jar(String folder) {
        return plugins.resolve(folder).resolve(folder + ".jar");
    }

    private String onlyReason() {
        assertThat(read().broken()).hasSize(1);
        return catalog.broken().get(0).reason();
    }

    @Test
    void listsAToolOfAFolderWithItsOperationsAndItsOrigin() {
        Path jar = new ExamplePlugin().jar().version("1.2.3").write(jar("words"));

        Tool tool = read().tool("words").orElseThrow();

        assertThat(catalog.broken()).isEmpty();
        assertThat(tool.summary()).isEqualTo("Counts words.");
        assertThat(tool.origin().location()).isEqualTo(jar.toString());
        assertThat(tool.origin().version()).isEqualTo("1.2.3");
        assertThat(tool.origin().plugin()).isEqualTo("words");
        assertThat(tool.operations()).containsOnlyKeys("count_words");
        OperationType operation = catalog.operation("words.count_words").orElseThrow();
        assertThat(operation.parameters().getSimpleName()).isEqualTo("Params");
        assertThat(operation.result().getSimpleName()).isEqualTo("Counts");
    }

    @Test
    void neitherOfTwoVersionsInOneFolderWinsSilently() {
        Path older = plugins.resolve("words/words-0.1.0.jar");
        Path newer = plugins.resolve("words/words-0.2.0.jar");
        new ExamplePlugin().jar().version("0.1.0").write(older);
        new ExamplePlugin().jar().version("0.2.0").write(newer);

        assertThat(onlyReason())
                .matches("words-0.1.0.jar and words-0.2.0.jar both name [\\w.]+; delete one of them,"
                        + " the older one where they are two versions");
        assertThat(catalog.broken().get(0).origin().plugin()).isEqualTo("words");
        assertThat(catalog.tool("words")).isEmpty();
    }

    @Test
    void hidesTheLibrariesOfTheFrameworkFromPlugins() {
        new ExamplePlugin()
                .summary("Class.forName(\"com.fasterxml.jackson.core.JsonFactory\").getName()")
                .jar()
                .write(jar("words"));

        assertThat(read().tool("words").orElseThrow().summary())
                .isEqualTo("java.lang.ClassNotFoundException: com.fasterxml.jackson.core.JsonFactory");
    }

    @Test
    void givesAPluginItsOwnVersionOfALibraryThatTheFrameworkHasToo() {
        String library = "package com.fasterxml.jackson.core; public class JsonFactory {"
                + " public static String whose() { return \"the plug-in's\"; } }";
        new ExamplePlugin()
                .summary("com.fasterxml.jackson.core.JsonFactory.whose()")
                .jar()
                .source("com.fasterxml.jackson.core.JsonFactory", library)
                .write(jar("words"));

        assertThat(read().tool("words").orElseThrow().summary()).isEqualTo("the plug-in's");
    }

    @Test
    void sharesTheApiEvenWithAPluginThatBringsItsOwnCopy() {
        String copy = "package io.arrakis.api; public interface Extra {}";
        new ExamplePlugin()
                .summary("Class.forName(\"io.arrakis.api.ToolPlugin\").getClassLoader() == "
                        + "io.arrakis.api.ApiVersion.class.getClassLoader() ? \"shared\" : \"copied\"")
                .jar()
                .source("io.arrakis.api.Extra", copy)
                .write(jar("words"));

        assertThat(read().tool("words").orElseThrow().summary()).isEqualTo("shared");
    }

    @Test
    void goesOnWhenAConstructorThrows() {
        new ExamplePlugin()
                .constructor("if (true) throw new IllegalStateException(\"no luck\");")
                .jar()
                .write(jar("bad"));
        new ExamplePlugin().in("good").tool("good").jar().write(jar("good"));

        assertThat(onlyReason())
                .isEqualTo("it threw java.lang.IllegalStateException: no luck (in org.example.words.Plugin.<init>)");
        assertThat(catalog.tools()).extracting(Tool::name).containsExactly("good");
    }

    @Test
    void listsTheJarsOfTheFrameworkWhenAClassIsMissing() {
        new ExamplePlugin().jar().without("org.example.words.CountWords").write(jar("bad"));

        assertThat(onlyReason())
                .startsWith(
                        "it threw java.lang.NoClassDefFoundError: org/example/words/CountWords; it may have been built"
                                + " against other versions than those here: Arrakis API 1, ")
                .contains("guice-7.0.0.jar, jakarta.inject-api-2.0.1.jar", "nd4j-api-1.0.0-M2.1.jar", "slf4j-api-");
    }

    @Test
    void saysThatAServicesFileNamesNothing() {
        new ExamplePlugin()
                .jar()
                .service(ToolPlugin.class, "org.example.Nothing")
                .write(jar("bad"));

        assertThat(onlyReason())
                .isEqualTo("its META-INF/services file is wrong: Provider org.example.Nothing not found");
    }

    @Test
    void loadsTheProviderThatStandsAfterABrokenOne() {
        ExamplePlugin plugin = new ExamplePlugin();
        plugin.jar()
                .service(ToolPlugin.class, "org.example.Nothing", "org.example.NothingElse", plugin.className())
                .write(jar("half"));

        assertThat(read().tool("words")).isPresent();
        assertThat(catalog.broken()).hasSize(2);
    }

    @Test
    void refusesAPluginForAnotherApi() {
        new ExamplePlugin().in("old").tool("old").apiVersion(0).jar().write(jar("old"));
        new ExamplePlugin().in("young").tool("young").apiVersion(99).jar().write(jar("young"));

        assertThat(read().tools()).extracting(Tool::name).doesNotContain("old", "young");
        assertThat(catalog.broken("tool", "old").orElseThrow().reason())
                .isEqualTo("it was built against API 0 and this is API 1; get a newer version of it");
        assertThat(catalog.broken("tool", "young").orElseThrow().reason())
                .isEqualTo(
                        "it was built against API 99 and this is API 1; get a newer Arrakis, or an older version of it");
    }

    @Test
    void refusesAPluginFromBeforeApiVersions() {
        String old = "package io.arrakis.api; public interface ToolPlugin { java.util.List<ToolDescriptor> tools(); }";
        String plugin = "package org.example; public final class Plugin implements io.arrakis.api.ToolPlugin {"
                + " public java.util.List<io.arrakis.api.ToolDescriptor> tools() { return java.util.List.of(); } }";
        new PluginJar()
                .stub("io.arrakis.api.ToolPlugin", old)
                .source("org.example.Plugin", plugin)
                .service(ToolPlugin.class, "org.example.Plugin")
                .write(jar("old"));

        assertThat(onlyReason())
                .startsWith("it threw java.lang.AbstractMethodError: ")
                .contains("Arrakis API 1");
    }

    @Test
    void givesANameThatTwoJarsClaimToNeither() {
        Path first = new ExamplePlugin().jar().version("1").write(jar("first"));
        Path second = new ExamplePlugin().in("other").jar().write(jar("second"));

        assertThat(onlyReason())
                .isEqualTo("the name is taken by " + first + " (1) and " + second
                        + " (unversioned); take one of them away");
        assertThat(catalog.tool("words")).isEmpty();
        assertThat(catalog.broken("tool", "words")).isPresent();
    }

    @Test
    void readsAFolderOnceWhenTwoRootsAreTheSame() {
        new ExamplePlugin().jar().write(jar("words"));
        Path detour = plugins.resolve("words").resolve("..");

        catalog = PluginCatalog.discover(new PluginPath(List.of(plugins, detour)));

        assertThat(catalog.tool("words")).isPresent();
        assertThat(catalog.broken()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithFoldersThatAreNoPlugins() throws IOException {
        Files.createDirectories(plugins.resolve("empty"));
        new PluginJar()
                .source("org.example.Nothing", "package org.example; class Nothing {}")
                .write(jar("silent"));
        new ExamplePlugin().jar().write(plugins.resolve("loose.jar"));

        assertThat(read().broken())
                .extracting(Broken::toString)
                .containsExactly(
                        "plug-in of " + plugins.resolve("empty") + ": there is no jar in the folder",
                        "plug-in of " + plugins.resolve("loose.jar")
                                + ": it lies beside the folders of the plug-ins; move it into a folder of its own",
                        "plug-in of " + plugins.resolve("silent")
                                + ": its jars offer nothing: none has a file META-INF/services/io.arrakis.api.ToolPlugin or the like");
    }

    @Test
    void passesOverRootsThatAreNotThereButNotOnesOfTheCommandLine() {
        Path nowhere = plugins.resolve("nowhere");

        assertThat(PluginCatalog.discover(new PluginPath(List.of(nowhere))).broken())
                .isEmpty();
        assertThatThrownBy(() -> PluginPath.standard(List.of(nowhere)))
                .isInstanceOf(ArrakisException.class)
                .hasMessage(
                        "--plugins: error FILE-MISSING: " + nowhere
                                + " is not a directory; give a directory that has a folder for each plug-in, with its jars in it");
    }

    @Test
    void letsAPluginUseServiceLoaderFromAThreadThatItStarts() throws Exception {
        String service = "package org.example.words; public interface Greeting { String text(); }";
        String provider = "package org.example.words; public class Hello implements Greeting {"
                + " public String text() { return \"hello\"; } }";
        String lookUp =
                "package org.example.words; public class LookUp implements java.util.function.Supplier<String> {"
                        + " public String get() { String[] text = {\"\"}; Thread thread = new Thread(() -> text[0] ="
                        + " java.util.ServiceLoader.load(Greeting.class).findFirst().map(Greeting::text).orElse(\"nothing\"));"
                        + " thread.start(); try { thread.join(); } catch (InterruptedException e) { text[0] = \"stopped\"; }"
                        + " return text[0]; } }";
        new ExamplePlugin()
                .jar()
                .source("org.example.words.Greeting", service)
                .source("org.example.words.Hello", provider)
                .source("org.example.words.LookUp", lookUp)
                .service("org.example.words.Greeting", "org.example.words.Hello")
                .write(jar("words"));
        Origin origin = read().tool("words").orElseThrow().origin();
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        Object lookup = origin.loader()
                .loadClass("org.example.words.LookUp")
                .getConstructor()
                .newInstance();
        Object found = PluginContext.call(origin, (Supplier<?>) lookup);

        assertThat(found).isEqualTo("hello");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
}
