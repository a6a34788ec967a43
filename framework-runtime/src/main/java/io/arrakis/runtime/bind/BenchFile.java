package io.arrakis.runtime.bind;

import io.arrakis.api.bench.BenchProvider;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.spec.tree.YamlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The experiment of one call, as a file that is there while it runs; the run directory keeps what it says. */
record BenchFile(Path path) implements AutoCloseable {

    static BenchFile write(String name, BenchProvider.Settings settings, BenchCall call) {
        Map<String, Object> steps = new LinkedHashMap<>();
        call.addTo(steps);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", name);
        document.put("seed", settings.seed());
        document.put("model", anywhere(settings.model()));
        if (!settings.data().isEmpty()) {
            document.put(
                    "data", new BenchValues(new IdentityHashMap<>(), new LinkedHashMap<>()).written(settings.data()));
        }
        document.put("steps", steps);
        try {
            Path file = Files.createTempDirectory("arrakis-bench").resolve("bench.yaml");
            AtomicFiles.write(file, YamlWriter.write(document));
            return new BenchFile(file);
        } catch (IOException e) {
            throw DiskProblems.notWritten(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** A directory is one of the program's working directory, not of where the file lies. */
    private static String anywhere(String model) {
        Path directory = Path.of(model);
        return Files.isDirectory(directory) ? directory.toAbsolutePath().toString() : model;
    }

    @Override
    public void close() {
        try {
            AtomicFiles.remove(path.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
