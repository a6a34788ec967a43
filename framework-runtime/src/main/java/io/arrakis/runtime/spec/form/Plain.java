package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.SourceLocation;
import java.nio.file.Path;

/** Plain values that are more than numbers, texts, lists and maps. */
public sealed interface Plain {

    /**
     * A file or directory.
     *
     * @param written as it stands in the experiment
     * @param path    the absolute path
     */
    record File(String written, Path path) implements Plain {}

    /**
     * One of the choices of a sealed type; it is written as its value alone.
     *
     * @param index which one, in the order of {@code permits}
     * @param value the plain value of that choice
     */
    record Chosen(int index, Object value) implements Plain {}

    /** A data set or the result of a step, for parameters of these types. */
    record Referenced(Reference reference) implements Plain {}

    /**
     * Part of a result that does not exist yet.
     *
     * @param reference which part
     * @param location  where the reference stands
     * @param label     name of the parameter, for messages
     */
    record Late(Reference reference, SourceLocation location, String label) implements Plain {}
}
