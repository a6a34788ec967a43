package io.arrakis.runner;

import io.arrakis.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands in a Java of their own. */
final class Spawn {

    private Spawn() {}

    /** Returns the command line of an Arrakis in a Java of its own. */
    static List<String> command(List<String> flags, List<String> arguments) {
        List<String> options = new ArrayList<>(flags);
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"));
        return JavaProcess.command(options, Main.class, arguments);
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
