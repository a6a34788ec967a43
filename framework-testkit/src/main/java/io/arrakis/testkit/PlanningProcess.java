package io.arrakis.testkit;

import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.api.sweep.TrialRunner.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Plans an experiment in a process of its own, to see which classes that loads. */
final class PlanningProcess {

    private static final int LIMIT_SECONDS = 60;
    private static final String NATIVE =
            "(org\\.bytedeco|org\\.nd4j\\.(nativeblas|linalg\\.factory)|ai\\.djl\\.pytorch)\\..*";

    private PlanningProcess() {}

    /** Checks and plans the experiment that the first argument names; the second is a directory for the rest. */
    public static void main(String[] arguments) {
        Request request = request(Path.of(arguments[0]), Path.of(arguments[1]));
        TrialRunner.find().requirements(request);
    }

    private static Request request(Path experiment, Path directory) {
        return new Request(experiment, directory.resolve("runs"), directory.resolve("cache"));
    }

    /** Returns the classes loaded by planning that belong to the engines, which only a run may start. */
    static List<String> nativeClasses(Request request, Path directory) throws IOException, InterruptedException {
        Path loaded = directory.resolve("loaded-classes.txt");
        Path output = directory.resolve("planning-output.txt");
        List<String> command = JavaProcess.command(
                List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + loaded),
                PlanningProcess.class,
                List.of(
                        request.experiment().toString(),
                        directory.resolve("planning").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("planning failed:\n" + Files.readString(output));
        }
        try (Stream<String> lines = Files.lines(loaded)) {
            return lines.map(line -> line.replaceFirst("^(\\[[^]]*])*\\s*", ""))
                    .filter(line -> line.matches(NATIVE))
                    .toList();
        }
    }
}
