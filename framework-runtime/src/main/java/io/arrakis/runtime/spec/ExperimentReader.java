package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.device.DeviceRequest;
import io.arrakis.runtime.spec.form.ModelLayers;
import io.arrakis.runtime.spec.form.Reading;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads an experiment file and says all that is wrong with it at once.
 *
 * <p>Loads no weights, opens no data set and touches no native library. What an operation itself says of its parameters comes
 * after this, from the planner, with the steps of {@link Checked#partial}.
 */
public final class ExperimentReader {

    private static final String DATA = "data";
    private static final String STEPS = "steps";

    private final Vocabulary vocabulary;
    private final ModelLookup models;

    /**
     * What to read.
     *
     * @param file     the experiment
     * @param settings what the command line puts over it, in this order
     * @param limit    the examples that each data set has at most
     */
    public record Request(Path file, List<Setting> settings, OptionalInt limit) {

        /** Copies the list. */
        public Request {
            Objects.requireNonNull(file, "file");
            settings = List.copyOf(settings);
            Objects.requireNonNull(limit, "limit");
        }

        /** Returns the request for a file as it is. */
        public static Request of(Path file) {
            return new Request(file, List.of(), OptionalInt.empty());
        }
    }

    /**
     * Makes a reader.
     *
     * @param vocabulary the tools and sources that experiments may name
     * @param models     describes models, so that layers can be checked
     */
    public ExperimentReader(Vocabulary vocabulary, ModelLookup models) {
        this.vocabulary = vocabulary;
        this.models = models;
    }

    /** Reads a file. What is wrong is in the result, not thrown. */
    public Checked read(Request request) {
        ProblemLog log = new ProblemLog();
        Overlay overlay = new Overlay(log);
        overlay.refuseMalformed(request.settings());
        Optional<Experiment> partial = new YamlReader(log)
                .file(request.file(), request.file().toString())
                .flatMap(root -> mapping(root, log))
                .map(root -> overlay.apply(root, request.settings()))
                .flatMap(root -> new Document(request, root, log).read());
        return new Checked(partial, log.problems());
    }

    private static Optional<Node.Mapping> mapping(Node root, ProblemLog log) {
        if (root instanceof Node.Mapping map) {
            return Optional.of(map);
        }
        log.error(
                ErrorCode.SPEC_TYPE,
                root.location(),
                "an experiment must be a mapping, not " + root.words(),
                "begin with 'name: ...', and a space after each ':'");
        return Optional.empty();
    }

    /** One file while it is being read. */
    private final class Document {

        private final Request request;
        private final Node.Mapping root;
        private final ProblemLog log;
        private final Path base;
        private final Reading plain;

        Document(Request request, Node.Mapping root, ProblemLog log) {
            this.request = request;
            this.root = root;
            this.log = log;
            this.base =
                    Objects.requireNonNullElse(request.file().toAbsolutePath().getParent(), Path.of("/"));
            this.plain = new Reading("", log, base, Optional.empty(), Optional.empty());
        }

        Optional<Experiment> read() {
            UnknownKeys.refuse(root, keys(), "the experiment", log);
            HeaderReader reader = new HeaderReader(plain);
            Optional<Header> header = reader.read(root);
            Optional<ModelLayers> layers = header.flatMap(top -> reader.layers(top, root, models));
            Node.Mapping written = block(DATA).orElse(new Node.Mapping(root.location(), Map.of()));
            Map<String, DataEntry> data = new DataReader(vocabulary, plain, request.limit()).read(written);
            Controls controls = header.flatMap(Header::controls).orElse(Controls.NONE);
            Reading inModel = new Reading("", log, base, Optional.empty(), layers);
            Map<String, Step> steps = steps(new StepsReader(
                    vocabulary, inModel, controls, written.entries().keySet()));
            warnOfUnused(data, steps);
            String name =
                    header.map(top -> reader.name(top, root, request.file())).orElse("");
            Map<String, Step> sorted = StepOrder.sort(steps, log);
            sorted.values().removeIf(step -> !data.keySet().containsAll(step.data()));
            return header.map(top -> experiment(top, name, reader, data, sorted));
        }

        private static List<String> keys() {
            List<String> keys = new ArrayList<>(HeaderReader.keys());
            keys.add(DATA);
            keys.add(STEPS);
            return keys;
        }

        private Map<String, Step> steps(StepsReader reader) {
            Optional<Node.Mapping> steps = block(STEPS);
            boolean none = !root.entries().containsKey(STEPS)
                    || steps.filter(map -> map.entries().isEmpty()).isPresent();
            if (none) {
                log.error(
                        ErrorCode.SPEC_MISSING_KEY,
                        root.location(),
                        "the experiment has no steps",
                        "add 'steps:' and below it a name with 'use: TOOL.OPERATION'");
            }
            return steps.map(reader::read).orElse(Map.of());
        }

        private Optional<Node.Mapping> block(String key) {
            Optional<Node> value = root.get(key);
            if (value.isEmpty() || value.get() instanceof Node.Mapping) {
                return value.map(Node.Mapping.class::cast);
            }
            log.error(
                    ErrorCode.SPEC_TYPE,
                    value.get().location(),
                    key + " must be a mapping from names, not " + value.get().words(),
                    "");
            return Optional.empty();
        }

        private void warnOfUnused(Map<String, DataEntry> data, Map<String, Step> steps) {
            boolean allRead = block(STEPS)
                    .filter(map -> map.entries().size() == steps.size())
                    .isPresent();
            Set<String> used = new HashSet<>();
            steps.values().forEach(step -> used.addAll(step.data()));
            data.forEach((name, entry) -> {
                if (allRead && !used.contains(name)) {
                    log.warning(
                            ErrorCode.SPEC_UNUSED,
                            entry.location(),
                            "no step reads the data set '" + name + "'",
                            "take it away, or refer to it as ${data." + name + "}");
                }
            });
        }

        private Experiment experiment(
                Header top, String name, HeaderReader reader, Map<String, DataEntry> data, Map<String, Step> steps) {
            return new Experiment(
                    name,
                    top.seed(),
                    top.model().spec(),
                    root.get("model").orElse(root).location(),
                    reader.modelPath(top, vocabulary.catalog()),
                    DeviceRequest.parse(top.device()),
                    top.threads(),
                    top.dtype(),
                    top.controls().orElse(Controls.NONE),
                    data,
                    steps,
                    base);
        }
    }
}
