package io.arrakis.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads run directories as {@code docs/run-directory.md} describes them. */
final class RunFiles {

    private static final Pattern PASSES = Pattern.compile("\"passes_run\"\\s*:\\s*(\\d+)");

    private RunFiles() {}

    /** Returns the bytes of all files below {@code results}, by their names. */
    static Map<String, String> results(Path run) throws IOException {
        Path results = run.resolve("results");
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(results)) {
            List<Path> files = walk.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                contents.put(results.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    /** Returns the number of forward passes that were not found in the cache. */
    static long forwardPasses(Path run) throws IOException {
        Matcher found = PASSES.matcher(Files.readString(run.resolve("manifest.json")));
        if (!found.find()) {
            throw new AssertionError("the manifest of " + run + " does not say how many passes were run");
        }
        return Long.parseLong(found.group(1));
    }
}
