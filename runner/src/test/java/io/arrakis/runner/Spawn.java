package io.arrakis.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands in a Java of their own, with the class path of the tests. */
final class Spawn {

    private Spawn() {}

    /** Returns flags that let the process use the native libraries that the tests have unpacked, and some more. */
    static List<String> sharing(List<String> more) {
        List<String> flags = new ArrayList<>(more);
        for (String property : List.of("org.bytedeco.javacpp.cachedir", "DJL_CACHE_DIR")) {
            if (System.getProperty(property) != null) {
                flags.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        return flags;
    }

    /** Returns the command line of an Arrakis in a Java of its own. */
    static List<String> command(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Starts it in a folder, whose files {@code out} and {@code err} take what it prints. */
    static Process start(Path folder, List<String> flags, List<String> arguments) throws IOException {
        return new ProcessBuilder(command(flags, arguments))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
