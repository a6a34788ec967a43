package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs programs in a folder, as a user would. */
final class Command {

    private static final int LIMIT_SECONDS = 300;

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    private Command(Path folder) {
        this.folder = folder;
    }

    static Command in(Path folder) {
        return new Command(folder);
    }

    Command with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** How a program ended, and what it printed. */
    record Ended(int status, String out, String err) {

        Ended succeeded() {
            assertThat(status).as("%s\n%s", out, err).isZero();
            return this;
        }
    }

    Ended run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // The Maven that runs this test leaves its own settings behind.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        Ended result = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        assertThat(ended).as("%s", result).isTrue();
        return result;
    }
}
