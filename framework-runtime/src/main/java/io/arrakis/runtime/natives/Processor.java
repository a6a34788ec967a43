package io.arrakis.runtime.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What is known of the processor.
 *
 * @param architecture Java's word, such as {@code amd64}
 * @param flags        the features that Linux lists; empty where they are not known
 */
record Processor(String architecture, List<String> flags) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    static Processor current() {
        return of(System.getProperty("os.arch").toLowerCase(Locale.ROOT), CPUINFO);
    }

    static Processor of(String architecture, Path cpuinfo) {
        if (!Files.isReadable(cpuinfo)) {
            return new Processor(architecture, List.of());
        }
        try (var lines = Files.lines(cpuinfo)) {
            return new Processor(
                    architecture,
                    lines.filter(line -> line.startsWith("flags"))
                            .findFirst()
                            .map(line -> List.of(
                                    line.substring(line.indexOf(':') + 1).trim().split(" ")))
                            .orElse(List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + cpuinfo, e);
        }
    }

    boolean isX86() {
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    /** Returns whether it is known to have no AVX2; false where nothing is known. */
    boolean lacksAvx2() {
        return isX86() && !flags.isEmpty() && !flags.contains("avx2");
    }
}
