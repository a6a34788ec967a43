package io.arrakis.runtime.spec;

import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.spec.form.ModelLayers;
import io.arrakis.runtime.spec.form.Parameters;
import io.arrakis.runtime.spec.form.Reading;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the keys at the top of an experiment. */
final class HeaderReader {

    private static final String NAME = "name";
    private static final String MODEL = "model";
    private static final Parameters HEADER = Parameters.of(Header.class);

    private final Reading reading;
    private final ProblemLog log;

    HeaderReader(Reading reading) {
        this.reading = reading;
        this.log = reading.log();
    }

    static List<String> keys() {
        return HEADER.keys();
    }

    /** Returns what is right, with defaults in the place of what is not; nothing without a model. */
    Optional<Header> read(Node.Mapping root) {
        Node.Mapping top = Overlay.only(root, HEADER.keys());
        Optional<Header> whole = header(top, log, root);
        if (whole.isPresent()) {
            return whole;
        }
        List<String> right = HEADER.keys().stream()
                .filter(key -> top.get(key)
                        .filter(value -> HEADER.accepts(key, value, reading))
                        .isPresent())
                .toList();
        return header(Overlay.only(top, right), new ProblemLog(), root);
    }

    private Optional<Header> header(Node.Mapping top, ProblemLog to, Node.Mapping root) {
        Reading silent = new Reading("", to, reading.base(), Optional.empty(), Optional.empty());
        return HEADER.read(top, root, silent, "the experiment")
                .flatMap(bound -> bound.record())
                .map(Header.class::cast);
    }

    /** Returns the name, checked; the name of the file where there is none. */
    String name(Header header, Node.Mapping root, Path file) {
        Node place = root.get(NAME).orElse(root);
        if (header.name().isPresent()) {
            Names.checkFileName(header.name().get(), place, "", log);
            return header.name().get();
        }
        String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        Names.checkFileName(stem, place, "it comes from the file's name; add a 'name', and ", log);
        return stem;
    }

    /** Returns the layers of the model, or nothing after a problem with the model was reported. */
    Optional<ModelLayers> layers(Header header, Node.Mapping root, ModelLookup models) {
        SourceLocation place = root.get(MODEL).orElse(root).location();
        try {
            Optional<ModelDescription> model = models.describe(header.model().spec(), reading.base());
            String line = place.line() == 0 ? "" : " (line " + place.line() + ")";
            return model.map(known -> new ModelLayers(
                    "model '" + known.name() + "'" + line,
                    known.architecture().dims().nLayers()));
        } catch (ArrakisException e) {
            e.problems().forEach(problem -> log.add(at(place, problem)));
            return Optional.empty();
        }
    }

    /** A problem of a model's file is said where the experiment names the model. */
    private static Problem at(SourceLocation place, Problem problem) {
        String origin = problem.location().toString();
        boolean told = origin.isEmpty() || problem.message().contains(origin);
        String message = told ? problem.message() : problem.message() + " (" + origin + ")";
        return new Problem(problem.code(), problem.severity(), place, message, problem.mend());
    }

    /** Returns where the model lies if it is named by a path. */
    Optional<Path> modelPath(Header header, PluginCatalog catalog) {
        String reference = header.model().reference();
        boolean known = catalog.modelSources().values().stream()
                .anyMatch(source -> source.value().names().contains(reference));
        try {
            Path path = reading.base().resolve(reference).toAbsolutePath().normalize();
            return known || !Files.exists(path) ? Optional.empty() : Optional.of(path);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
