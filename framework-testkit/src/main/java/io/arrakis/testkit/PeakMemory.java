package io.arrakis.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How much memory a program takes at most, native memory too, in a Java of its own with a fixed heap that is touched at the
 * start. What grows with its data is then outside the heap, or ends it. On Linux alone.
 */
public final class PeakMemory {

    private PeakMemory() {}

    /**
     * Runs a program to its end. Its {@code main} gets the file {@code said} before its own arguments, and must hand that to
     * {@link #say} as the last thing it does.
     *
     * @param main      the program
     * @param heapMib   its heap, in MiB
     * @param said      a file that is not there yet
     * @param arguments what its {@code main} gets after that
     * @return the peak of its resident memory, in KiB
     * @throws AssertionError if it fails; what it printed is printed here
     */
    public static long kibOf(Class<?> main, int heapMib, Path said, String... arguments)
            throws IOException, InterruptedException {
        List<String> options = List.of(
                "-Xms" + heapMib + "m",
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
        List<String> all = new ArrayList<>(List.of(said.toString()));
        all.addAll(List.of(arguments));
        int status = new ProcessBuilder(JavaProcess.command(options, main, all))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError(main.getName() + " ended with status " + status);
        }
        return Long.parseLong(Files.readString(said));
    }

    /** Writes the peak of this process. */
    public static void say(Path said) throws IOException {
        Files.writeString(said, Long.toString(kib()));
    }

    /** Returns the peak of this process so far, in KiB. */
    public static long kib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
