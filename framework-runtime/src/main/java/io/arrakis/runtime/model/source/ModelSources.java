package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSource;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.NearestNames;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All places that models are opened from. Immutable. */
public final class ModelSources {

    private static final int SUGGESTIONS = 1;
    private static final int MOST_LISTED = 10;

    private final List<ModelSource> sources;

    /** Takes sources, in any order: no reference may be accepted by two of them. */
    public ModelSources(Collection<? extends ModelSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Returns the sources that come with the framework. */
    public static ModelSources builtIn() {
        List<ModelSource> found = new ArrayList<>();
        ServiceLoader.load(ModelSource.class, ModelSources.class.getClassLoader())
                .forEach(found::add);
        return new ModelSources(found);
    }

    /** Returns every name that can be listed, sorted. */
    public List<String> names() {
        return sources.stream()
                .flatMap(source -> source.names().stream())
                .sorted()
                .toList();
    }

    /**
     * Opens a model.
     *
     * @throws ArrakisException with {@code UNKNOWN-MODEL} where no source, or more than one, takes the reference; and whatever the source throws
     */
    public Checkpoint open(String reference, ModelContext context) {
        List<ModelSource> accepting = sources.stream()
                .filter(source -> asking(source, reference, () -> source.accepts(reference, context)))
                .toList();
        if (accepting.size() == 1) {
            ModelSource source = accepting.get(0);
            return asking(source, reference, () -> source.open(reference, context));
        }
        throw accepting.isEmpty() ? unknown(reference, context) : ambiguous(reference, accepting);
    }

    /** Names the source of a plug-in for whatever it throws. */
    private static <T> T asking(ModelSource source, String reference, Supplier<T> question) {
        try {
            return question.get();
        } catch (ArrakisException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            Problem problem = Problem.error(
                    ErrorCode.TOOL_FAILED,
                    SourceLocation.of("model"),
                    "the model source " + source.kind() + " ("
                            + source.getClass().getName() + ") threw " + e + " for '" + reference + "'",
                    "tell its author");
            throw new ArrakisException(List.of(problem), e);
        }
    }

    private ArrakisException unknown(String reference, ModelContext context) {
        if (DirectorySource.directory(reference, context)
                .filter(Files::isRegularFile)
                .isPresent()) {
            return new ArrakisException(
                    ErrorCode.UNKNOWN_MODEL,
                    "model",
                    "'" + reference + "' is a file, and a model is a directory",
                    "name the directory that config.json is in");
        }
        boolean path = reference.startsWith(".") || reference.startsWith("/") || reference.contains("\\");
        String message = path
                ? "there is no directory '" + reference + "', seen from " + context.base()
                : "no model is called '" + reference + "', and " + context.base() + " has no such directory";
        return new ArrakisException(
                ErrorCode.UNKNOWN_MODEL, "model", message, (path ? "" : nearest(reference)) + known());
    }

    private String nearest(String reference) {
        return NearestNames.of(reference, names(), SUGGESTIONS).stream()
                .map(name -> "did you mean '" + name + "'? ")
                .collect(Collectors.joining());
    }

    private String known() {
        String listed = names().stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return "known: " + listed + ", or a directory in Hugging Face layout";
    }

    private static ArrakisException ambiguous(String reference, List<ModelSource> accepting) {
        String kinds = accepting.stream().map(ModelSource::kind).sorted().collect(Collectors.joining(" and "));
        return new ArrakisException(
                ErrorCode.UNKNOWN_MODEL,
                "model",
                "'" + reference + "' can mean two models: " + kinds,
                "write ./" + reference + " for the directory");
    }
}
