package io.arrakis.runtime.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cases of a resource: {@code === name}, the YAML, {@code ---} alone on a line, the problems, a line each. The first line
 * with {@code ---} alone ends the YAML.
 */
record CaseFile(String name, String yaml, List<String> problems) {

    static List<CaseFile> read(String resource) {
        List<CaseFile> cases = new ArrayList<>();
        for (String part : text(resource).split("(?m)^=== ")) {
            if (!part.isBlank()) {
                int name = part.indexOf('\n');
                int end = part.indexOf("\n---\n", name);
                String yaml = part.substring(name + 1, Math.max(end + 1, name + 1));
                List<String> problems = part.substring(end + 5)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
                cases.add(new CaseFile(part.substring(0, name), yaml, problems));
            }
        }
        return cases;
    }

    private static String text(String resource) {
        try (InputStream in = CaseFile.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
