package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.NearestNames;
import io.arrakis.runtime.spec.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Files and directories that are there, relative to the experiment's file. */
final class FileForm implements Form {

    @Override
    public boolean fits(Node node) {
        return node instanceof Node.Scalar scalar && !scalar.isNothing() && !Reference.looksLike(scalar.text());
    }

    @Override
    public boolean resembles(Node node) {
        return node instanceof Node.Scalar;
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        if (!fits(node)) {
            return reading.wrongType(node, this, "");
        }
        String written = ((Node.Scalar) node).text();
        try {
            Path path = reading.base().resolve(written).toAbsolutePath().normalize();
            return Files.isReadable(path)
                    ? Optional.of(new Plain.File(written, path))
                    : reading.refuse(ErrorCode.FILE_MISSING, node, missing(path), mend(path));
        } catch (InvalidPathException e) {
            return reading.refuse(
                    ErrorCode.FILE_MISSING, node, "is not a path: " + e.getReason(), "write the path of a file");
        }
    }

    private static String missing(Path path) {
        return Files.exists(path) ? "is " + path + ", which cannot be read" : "is " + path + ", which is not there";
    }

    private static String mend(Path path) {
        Path directory = path.getParent();
        if (Files.exists(path) || directory == null) {
            return "";
        }
        if (!Files.isDirectory(directory)) {
            return "there is no directory " + directory;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return NearestNames.near(path.getFileName().toString(), names)
                    .map(name -> "did you mean '" + name + "'?")
                    .orElse("paths are relative to the experiment's file");
        } catch (IOException e) {
            return "its directory cannot be read: " + e.getMessage();
        }
    }

    @Override
    public Object make(Object plain) {
        return ((Plain.File) plain).path();
    }

    @Override
    public Object plain(Object value) {
        Path path = (Path) value;
        return new Plain.File(path.toString(), path.toAbsolutePath().normalize());
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        return Schemas.type("string");
    }

    @Override
    public String example() {
        return "path/to/file";
    }

    @Override
    public Words words() {
        return new Words("the path of a file", "paths of files");
    }
}
