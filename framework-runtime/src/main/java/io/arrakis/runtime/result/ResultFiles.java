package io.arrakis.runtime.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.result.Graph;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Results of steps, each in a directory of its own that appears whole. */
public final class ResultFiles {

    /** Format of the files; changes when a reader would have to. */
    public static final int FORMAT = 1;

    private static final String RESULT = "result.json";

    private ResultFiles() {}

    /**
     * Writes a result. Equal results give equal bytes. What has the name already is replaced.
     *
     * @param directory where the result will be; appears when all of it is written
     * @param operation name of the operation
     * @param control   name of the control, if it is one
     * @throws UnfitResultException if the result holds what cannot be written: NaN, nulls, other types
     * @throws io.arrakis.api.problem.ArrakisException with {@code DISK-FULL} or {@code DIRECTORY}; nothing is left behind
     */
    public static void write(Path directory, String operation, Optional<String> control, Record result) {
        try {
            appear(directory, beside -> writeInto(beside, operation, control, result));
        } catch (IOException e) {
            throw DiskProblems.notWritten(directory, e);
        }
    }

    /** Puts the files of a result into a directory. */
    @FunctionalInterface
    private interface Filling {
        void into(Path directory) throws IOException;
    }

    /** Makes a directory that appears when it is filled, and replaces what has the name; nothing is left behind of a failure. */
    private static void appear(Path directory, Filling filling) throws IOException {
        AtomicFiles.makeDirectory(directory.getParent());
        Path beside = AtomicFiles.beside(directory);
        try {
            Files.createDirectory(beside);
            filling.into(beside);
            AtomicFiles.remove(directory);
            Files.move(beside, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            discard(beside, e);
            throw e;
        }
    }

    private static void writeInto(Path directory, String operation, Optional<String> control, Record result)
            throws IOException {
        ResultEncoder encoder = new ResultEncoder(directory);
        ObjectNode encoded = encoder.encode(result);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("format", FORMAT);
        tree.put("operation", operation);
        tree.put("control", control.orElse(null));
        tree.set("result", encoded);
        tree.set("headlines", encoder.headlines());
        tree.set("descriptions", encoder.descriptions());
        Files.writeString(directory.resolve(RESULT), Json.text(tree));
    }

    /**
     * Reads a result as a record of any class whose components, by name, are among those of the result. Components that are
     * {@link Optional} may be missing.
     *
     * @throws UnfitResultException if a component is missing or of another type, or the record refuses the values
     */
    public static <R extends Record> R read(Path directory, Class<R> shape) {
        try {
            return new ResultDecoder(directory).decode(tree(directory).get("result"), shape);
        } catch (IOException e) {
            throw new UnfitResultException("the result in " + directory + " cannot be read: " + e, e);
        }
    }

    /**
     * Returns whether a result, read as a record and written again, gives the same files, byte for byte.
     *
     * @param directory of the result; the copy is made beside it and taken away
     */
    public static boolean survivesReading(Path directory, Class<? extends Record> shape) {
        JsonNode tree = tree(directory);
        Path copy = AtomicFiles.beside(directory);
        Optional<String> control = Optional.ofNullable(tree.get("control").textValue());
        try {
            write(copy, tree.get("operation").asText(), control, read(directory, shape));
            try {
                return contents(directory).equals(contents(copy));
            } finally {
                AtomicFiles.remove(copy);
            }
        } catch (IOException e) {
            throw new UnfitResultException("the result in " + directory + " cannot be read: " + e, e);
        }
    }

    /** The bytes of each file of a result, by name. */
    private static Map<String, ByteBuffer> contents(Path directory) throws IOException {
        Map<String, ByteBuffer> contents = new TreeMap<>();
        for (Path file : files(directory)) {
            contents.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return contents;
    }

    /**
     * Copies a result to where an equal one is to be; not the figures beside those of controls, which may differ.
     *
     * @return whether it was there; it may go while others start its trial again
     * @throws io.arrakis.api.problem.ArrakisException with {@code DISK-FULL} or {@code DIRECTORY}; nothing is left behind
     */
    public static boolean copy(Path from, Path directory) {
        try {
            appear(directory, beside -> copyInto(beside, from));
            return true;
        } catch (NoSuchFileException e) {
            if (Files.exists(from.resolve(RESULT))) {
                throw DiskProblems.notWritten(directory, e);
            }
            return false;
        } catch (IOException e) {
            throw DiskProblems.notWritten(directory, e);
        }
    }

    private static void copyInto(Path directory, Path from) throws IOException {
        for (Path file : files(from)) {
            Files.copy(file, directory.resolve(file.getFileName()));
        }
    }

    /** The files of a result; what is written of a step and its controls together is left out, and what others just write. */
    private static List<Path> files(Path result) throws IOException {
        try (Stream<Path> all = Files.list(result)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(EvaluationFile.NAME) && !AtomicFiles.isBeside(file))
                    .toList();
        }
    }

    /**
     * Reads a graph by itself, for those who draw it.
     *
     * @param file the GraphML file
     */
    public static Graph graph(Path file) throws IOException {
        return new GraphMlReader().read(file);
    }

    /** Returns a graph as GraphML. */
    public static String graphMl(Graph graph) {
        GraphMl.require(graph, Place.RESULT);
        try {
            return GraphMl.write(graph);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns lines of cells as tables are written.
     *
     * @param lines the header first; a null is an empty cell
     */
    public static String csv(List<? extends List<?>> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> TableCsv.line(text, line));
        return text.toString();
    }

    /** Returns one part of a result as plain values, lists and maps. */
    public static Object part(Path directory, List<String> path) {
        JsonNode node = tree(directory).get("result");
        for (String name : path) {
            JsonNode inner = node.isArray() ? node.get(Integer.parseInt(name)) : node.get(name);
            if (inner == null) {
                throw new UnfitResultException(
                        ErrorCode.SPEC_REFERENCE,
                        "the result in " + directory + " has no part " + String.join(".", path));
            }
            node = inner;
        }
        return Json.plain(node);
    }

    /**
     * Fills another record by structure, with plain values only.
     *
     * @throws UnfitResultException if it has what needs a file, or lacks a component
     */
    public static <O extends Record> O convert(Record from, Class<O> shape) {
        if (shape.isInstance(from)) {
            return shape.cast(from);
        }
        try {
            Path nowhere = Path.of("");
            return new ResultDecoder(nowhere).decode(new ResultEncoder(nowhere).encode(from), shape);
        } catch (IOException e) {
            throw new UnfitResultException("it holds more than plain values", e);
        }
    }

    private static JsonNode tree(Path directory) {
        if (Files.notExists(directory.resolve(RESULT))) {
            throw new UnfitResultException(ErrorCode.TOOL_FAILED, "there is no " + RESULT + " in it");
        }
        try {
            return Json.read(directory.resolve(RESULT));
        } catch (IOException e) {
            throw new UnfitResultException("the result in " + directory + " cannot be read: " + e, e);
        }
    }

    private static void discard(Path beside, Exception reason) {
        try {
            AtomicFiles.remove(beside);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
