package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.device.DeviceRequest;
import io.arrakis.runtime.spec.form.ModelLayers;
import io.arrakis.runtime.spec.form.Reading;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** Reads a file with one experiment. What is wrong is in the result, not thrown. */
    public Checked read(Request request) {
        ProblemLog log = new ProblemLog();
        Optional<Node.Mapping> root = root(request, log);
        Optional<Node> sweep = root.flatMap(map -> map.get(SweepReader.SWEEP));
        if (sweep.isPresent()) {
            log.error(
                    ErrorCode.USAGE,
                    sweep.get().location(),
                    "this experiment has a sweep: it is many runs, not one",
                    "type 'arrakis sweep " + request.file() + "', or take the sweep away");
            return new Checked(Optional.empty(), log.problems());
        }
        return new Checked(root.flatMap(map -> new Document(request, map, log).read()), log.problems());
    }

    /**
     * Reads an experiment that was written out by {@link Experiment#yaml}.
     *
     * @param yaml the text
     * @param file where it stands, for people
     * @param like the file whose directory is its base; its paths are absolute
     * @throws io.arrakis.api.problem.ArrakisException with all that is wrong
     */
    public Experiment readResolved(String yaml, Path file, Path like) {
        ProblemLog log = new ProblemLog();
        Optional<Experiment> partial = new YamlReader(log)
                .text(yaml, file.toString())
                .flatMap(root -> mapping(root, log))
                .flatMap(root -> new Document(Request.of(like), root, log).read());
        return new Checked(partial, log.problems()).experiment();
    }

    /** Reads a file with a sweep, and every trial of it; a file without one is a sweep of one trial. */
    public CheckedSweep readSweep(Request request) {
        ProblemLog log = new ProblemLog();
        Optional<SweepExperiment> sweep = root(request, log).flatMap(root -> sweep(request, root, log));
        return new CheckedSweep(sweep, log.problems());
    }

    private static Optional<Node.Mapping> root(Request request, ProblemLog log) {
        Overlay overlay = new Overlay(log);
        overlay.refuseMalformed(request.settings());
        return new YamlReader(log)
                .file(request.file(), request.file().toString())
                .flatMap(root -> mapping(root, log))
                .map(root -> overlay.apply(root, request.settings()));
    }

    private Optional<SweepExperiment> sweep(Request request, Node.Mapping root, ProblemLog log) {
        Optional<Node> block = root.get(SweepReader.SWEEP);
        SweepBlock sweep = block.isPresent()
                ? new SweepReader(root, log).read(block.get())
                : new SweepBlock(List.of(), List.of(Map.of()));
        Node.Mapping base = Overlay.only(
                root,
                root.entries().keySet().stream()
                        .filter(key -> !key.equals(SweepReader.SWEEP))
                        .toList());
        refuseSettings(request, sweep, log);
        if (block.isPresent() && log.hasErrors()) {
            log.addAll(elsewhere(request, base, sweep));
            return Optional.empty();
        }
        List<SweepTrial> trials = new ArrayList<>();
        for (Map<SweepPath, Node> point : sweep.points()) {
            new Document(request, with(base, point, log), log)
                    .read()
                    .ifPresent(experiment -> trials.add(new SweepTrial(texts(point), experiment)));
        }
        List<String> axes = sweep.paths().stream().map(SweepPath::text).toList();
        return trials.stream()
                .findFirst()
                .map(first -> new SweepExperiment(first.experiment().name(), written(request, base), axes, trials));
    }

    /** What is wrong beside a sweep that is wrong itself, but for what it would have set. */
    private List<Problem> elsewhere(Request request, Node.Mapping base, SweepBlock sweep) {
        ProblemLog log = new ProblemLog();
        Map<SweepPath, Node> first = sweep.points().stream().findFirst().orElse(Map.of());
        new Document(request, with(base, first, log), log).read();
        return log.problems().stream()
                .filter(problem -> problem.code() != ErrorCode.SPEC_MISSING_KEY)
                .toList();
    }

    /** A value of the command line that every trial would replace is a mistake. */
    private static void refuseSettings(Request request, SweepBlock sweep, ProblemLog log) {
        for (Setting setting : request.settings()) {
            SourceLocation place = SourceLocation.of(setting.origin());
            List<String> parts = new Overlay(new ProblemLog()).path(setting.path(), place, ErrorCode.USAGE);
            sweep.paths().stream()
                    .filter(path -> !parts.isEmpty() && path.meets(parts))
                    .forEach(path -> log.error(
                            ErrorCode.USAGE,
                            place,
                            "the sweep varies '" + path.text() + "', so a value for it would change nothing",
                            "take it away, or change the sweep"));
        }
    }

    private static Node.Mapping with(Node.Mapping base, Map<SweepPath, Node> point, ProblemLog log) {
        Node.Mapping changed = base;
        for (Map.Entry<SweepPath, Node> entry : point.entrySet()) {
            SweepPath path = entry.getKey();
            changed = new Overlay(log)
                    .put(changed, path.parts(), entry.getValue(), path.place(), ErrorCode.SPEC_UNKNOWN_KEY);
        }
        return changed;
    }

    private static Map<String, String> texts(Map<SweepPath, Node> point) {
        Map<String, String> texts = new LinkedHashMap<>();
        point.forEach((path, value) -> texts.put(path.text(), SweepText.line(value)));
        return texts;
    }

    private static String written(Request request, Node.Mapping base) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("experiment", SweepText.plain(base));
        request.limit().ifPresent(limit -> written.put("limit", (long) limit));
        return CanonicalJson.of(written);
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
            keys.add(SweepReader.SWEEP);
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
