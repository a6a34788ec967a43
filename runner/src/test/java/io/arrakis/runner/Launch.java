package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a script printed, and how it ended. */
record Launch(int status, List<String> out, List<String> err) {

    private static final int LIMIT_SECONDS = 20;

    /** Runs a script with this environment and no other, in a folder that also takes what it prints. */
    static Launch of(Path folder, Map<String, String> environment, Path script, String... arguments)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(script.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Launch(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    }

    /** Writes a program of a few lines. */
    static Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Makes a folder for the PATH that holds these tools of the machine and no other. */
    static Path tools(Path folder, String names) throws IOException {
        for (String name : names.split(" ")) {
            Path found = Files.exists(Path.of("/usr/bin", name)) ? Path.of("/usr/bin", name) : Path.of("/bin", name);
            script(folder.resolve(name), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
        return folder;
    }

    List<String> succeeded() {
        assertThat(status).as("%s", err).isZero();
        return out;
    }

    void failed(int expected, String... message) {
        assertThat(err).containsExactly(message);
        assertThat(status).isEqualTo(expected);
    }
}
