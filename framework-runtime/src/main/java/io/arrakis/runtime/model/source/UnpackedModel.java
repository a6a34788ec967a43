package io.arrakis.runtime.model.source;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A built-in model as a directory in Hugging Face layout, made once from the resources and shared by all processes: it
 * appears complete, by a rename, and its name changes with the resource and with the way it is made.
 */
final class UnpackedModel {

    private static final String LAYOUT = "1";
    private static final int NAME_DIGITS = 16;
    private static final Duration ABANDONED = Duration.ofHours(1);

    private UnpackedModel() {}

    /**
     * Returns the directory of a model, and makes it where it is not there yet.
     *
     * @throws ArrakisException with {@code FILE-MISSING} where the resource is not on the class path, with {@code DISK-FULL}
     *     or {@code DIRECTORY} where the cache directory cannot be written, with {@code MODEL-FILE} where the resource is
     *     damaged
     */
    static Path directory(BuiltInModel model, Path cacheDirectory) {
        URL onnx = UnpackedModel.class.getResource(model.onnx());
        if (onnx == null) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    model.id(),
                    "the built-in model is not on the class path: " + model.onnx(),
                    "add the artifact that has it, or name a directory in Hugging Face layout");
        }
        Path models = cacheDirectory.resolve("models");
        Path directory = models.resolve(model.id() + "-" + version(onnx).substring(0, NAME_DIGITS));
        if (!Files.isDirectory(directory)) {
            AtomicFiles.makeDirectory(models);
            make(model, onnx, directory);
        }
        return directory;
    }

    /** The checksum that an archive keeps of each of its files stands for the content, so that nothing is unpacked to see. */
    private static String version(URL resource) {
        try {
            URLConnection connection = resource.openConnection();
            connection.setUseCaches(false);
            Sha256 hash = new Sha256().add(LAYOUT).add(Long.toString(connection.getContentLengthLong()));
            if (connection instanceof JarURLConnection jar) {
                hash.add(Long.toString(jar.getJarEntry().getCrc()));
                jar.getJarFile().close();
            } else {
                hash.add(Long.toString(connection.getLastModified()));
                connection.getInputStream().close();
            }
            return hash.hex();
        } catch (IOException e) {
            throw damaged(resource, e);
        }
    }

    private static void make(BuiltInModel model, URL onnx, Path directory) {
        removeAbandoned(directory.getParent());
        OnnxEncoder encoder = read(onnx);
        Path unfinished = AtomicFiles.beside(directory);
        AtomicFiles.makeDirectory(unfinished);
        try {
            encoder.write(unfinished.resolve("model.safetensors"));
            Files.writeString(unfinished.resolve("config.json"), model.config());
            try (InputStream tokenizer = UnpackedModel.class.getResourceAsStream(model.tokenizer())) {
                Files.copy(tokenizer, unfinished.resolve("tokenizer.json"));
            }
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            discard(unfinished, e);
            // Where it is there now, another process was faster, with the same content.
            if (!Files.isDirectory(directory)) {
                throw DiskProblems.notWritten(directory, e);
            }
        }
    }

    /** Removes what processes left that died while they unpacked: unpacking takes seconds, not hours. */
    private static void removeAbandoned(Path models) {
        Instant longAgo = Instant.now().minus(ABANDONED);
        try (Stream<Path> entries = Files.list(models)) {
            for (Path entry : entries.toList()) {
                boolean unfinished = entry.getFileName().toString().startsWith(".");
                if (unfinished && Files.getLastModifiedTime(entry).toInstant().isBefore(longAgo)) {
                    AtomicFiles.remove(entry);
                }
            }
        } catch (NoSuchFileException e) {
            // Another process has just removed it.
        } catch (IOException e) {
            throw DiskProblems.notWritten(models, e);
        }
    }

    private static OnnxEncoder read(URL onnx) {
        try (InputStream stream = onnx.openStream()) {
            return OnnxEncoder.read(stream.readAllBytes());
        } catch (IOException e) {
            throw damaged(onnx, e);
        }
    }

    private static ArrakisException damaged(URL resource, IOException e) {
        return new ArrakisException(
                List.of(Problem.error(
                        ErrorCode.MODEL_FILE,
                        SourceLocation.of(resource.toString()),
                        "the built-in model cannot be read: " + e.getMessage(),
                        "fetch the artifact again")),
                e);
    }

    private static void discard(Path unfinished, IOException reason) {
        try {
            AtomicFiles.remove(unfinished);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
