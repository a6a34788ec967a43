package io.arrakis.experiments;

import io.arrakis.testkit.PluginJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs the tests of a plug-in that a test compiled, beside all that the plug-in's own build would have on its class path. */
final class StrangersTests {

    /** All that these tests can see. */
    static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private StrangersTests() {}

    /** Lets a jar be compiled against all that the tests of a plug-in may use. */
    static PluginJar withTestLibraries(PluginJar jar) {
        for (String name : List.of("junit-jupiter-api", "apiguardian", "assertj-core")) {
            Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                    .filter(entry -> entry.contains(name))
                    .map(Path::of)
                    .forEach(jar::library);
        }
        return jar;
    }

    /** Runs a test class of the jar and returns a line for each test, such as {@code SUCCESSFUL finishes}. */
    static List<String> run(Path jar, String testClass) throws IOException, InterruptedException {
        Command.Ended ended = Command.in(jar.getParent())
                .run(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                        "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"),
                        "-DDJL_CACHE_DIR=" + System.getProperty("DJL_CACHE_DIR"),
                        "-Dai.djl.offline=true",
                        "-Dsurefire.test.class.path=" + jar + File.pathSeparator + CLASS_PATH,
                        "-cp",
                        jar + File.pathSeparator + CLASS_PATH,
                        RunTests.class.getName(),
                        testClass);
        return ended.succeeded().out().lines().toList();
    }
}
