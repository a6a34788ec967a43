package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.plugin.Broken;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.plugin.Tool;
import io.arrakis.runtime.spec.Vocabulary.UnreadableParametersException;
import io.arrakis.runtime.spec.form.Bound;
import io.arrakis.runtime.spec.form.Parameters;
import io.arrakis.runtime.spec.form.Reading;
import io.arrakis.runtime.spec.form.Reference;
import io.arrakis.runtime.spec.form.Scope;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of an experiment. */
final class StepsReader {

    private static final String USE = "use";
    private static final String WITH = "with";
    private static final String CONTROLS = "controls";
    private static final String INTERVENTIONS = "interventions";
    private static final List<String> KEYS = List.of(USE, WITH, INTERVENTIONS, CONTROLS);
    private static final Parameters CHANGES = Parameters.of(Changes.class);
    private static final Parameters CONTROL_PARAMETERS = Parameters.of(Controls.class);

    private final Vocabulary vocabulary;
    private final Reading reading;
    private final ProblemLog log;
    private final Controls controls;
    private final Collection<String> data;
    private final Map<String, OperationType> operations = new LinkedHashMap<>();
    private Set<String> names = Set.of();

    /**
     * Makes a reader.
     *
     * @param controls the controls of steps that say none
     * @param data     the names of the data sets
     */
    StepsReader(Vocabulary vocabulary, Reading reading, Controls controls, Collection<String> data) {
        this.vocabulary = vocabulary;
        this.reading = reading;
        this.log = reading.log();
        this.controls = controls;
        this.data = data;
    }

    static List<String> keys() {
        return KEYS;
    }

    /** Returns the steps that are right, in the order of the file. */
    Map<String, Step> read(Node.Mapping steps) {
        Names.checkWords(steps, "step", log);
        names = steps.entries().keySet();
        steps.entries().forEach((name, entry) -> operation(entry).ifPresent(found -> operations.put(name, found)));
        Map<String, Step> read = new LinkedHashMap<>();
        steps.entries().forEach((name, entry) -> {
            if (entry.value() instanceof Node.Mapping map && operations.containsKey(name)) {
                step(entry.key(), map, operations.get(name)).ifPresent(step -> read.put(name, step));
            }
        });
        return read;
    }

    private Optional<OperationType> operation(Node.Entry entry) {
        String step = "step '" + entry.key().text() + "'";
        if (!(entry.value() instanceof Node.Mapping map)) {
            log.error(
                    ErrorCode.SPEC_TYPE,
                    entry.value().location(),
                    step + " must be a mapping, not " + entry.value().words(),
                    "write 'use: TOOL.OPERATION' and 'with:' below it");
            return Optional.empty();
        }
        UnknownKeys.refuse(map, KEYS, step, log);
        Optional<Node> use = map.get(USE);
        if (use.isEmpty()) {
            log.error(
                    ErrorCode.SPEC_MISSING_KEY,
                    entry.key().location(),
                    step + " needs the key 'use'",
                    "add 'use: TOOL.OPERATION'");
            return Optional.empty();
        }
        return use.flatMap(this::find);
    }

    private Optional<OperationType> find(Node use) {
        if (!(use instanceof Node.Scalar scalar) || !scalar.text().contains(".")) {
            log.error(
                    ErrorCode.UNKNOWN_OPERATION,
                    use.location(),
                    "use must be TOOL.OPERATION, not " + use.words(),
                    fullNames(use));
            return Optional.empty();
        }
        PluginCatalog catalog = vocabulary.catalog();
        String name = scalar.text().substring(0, scalar.text().indexOf('.'));
        Optional<Tool> tool = catalog.tool(name);
        if (tool.isEmpty()) {
            unknownTool(name, use);
            return Optional.empty();
        }
        String own = scalar.text().substring(name.length() + 1);
        OperationType operation = tool.get().operations().get(own);
        if (operation == null) {
            log.error(
                    ErrorCode.UNKNOWN_OPERATION,
                    use.location(),
                    "the tool " + name + " has no operation '" + own + "'",
                    Suggestions.mend(own, tool.get().operations().keySet(), "operations"));
        }
        return Optional.ofNullable(operation);
    }

    private void unknownTool(String name, Node use) {
        PluginCatalog catalog = vocabulary.catalog();
        Optional<Broken> broken = catalog.broken("tool", name);
        if (broken.isPresent()) {
            log.error(ErrorCode.TOOL_BROKEN, use.location(), broken.get().toString(), "");
            return;
        }
        List<String> tools = catalog.tools().stream().map(Tool::name).toList();
        long nameless = catalog.broken().stream()
                .filter(entry -> entry.names().isEmpty())
                .count();
        String more = nameless == 0 ? "" : "; it may be one of those that could not be loaded: see 'arrakis tools'";
        log.error(
                ErrorCode.UNKNOWN_TOOL,
                use.location(),
                "there is no tool '" + name + "'",
                Suggestions.mend(name, tools, "tools") + more);
    }

    private String fullNames(Node use) {
        List<String> all = new ArrayList<>();
        vocabulary.catalog().tools().forEach(tool -> tool.operations()
                .values()
                .forEach(type -> all.add(type.fullName())));
        String written = use instanceof Node.Scalar scalar ? scalar.text() : "";
        return Suggestions.mend(written, all, "operations");
    }

    private Optional<Step> step(Node.Scalar key, Node.Mapping map, OperationType operation) {
        Optional<Node.Entry> with = Optional.ofNullable(map.entries().get(WITH));
        Optional<Controls> own =
                Optional.ofNullable(map.entries().get(CONTROLS)).flatMap(this::controls);
        Optional<Node.Mapping> values =
                with.isEmpty() ? Optional.of(new Node.Mapping(key.location(), Map.of())) : with.flatMap(this::mapping);
        StepScope scope = new StepScope();
        try {
            Parameters parameters = vocabulary.parameters(operation);
            Node place = with.map(Node.Entry::key).orElse(key);
            Reading inStep = new Reading("", log, reading.base(), Optional.of(scope), reading.model());
            Optional<Bound> bound =
                    values.flatMap(given -> parameters.read(given, place, inStep, operation.fullName()));
            Optional<Node.Entry> changed = Optional.ofNullable(map.entries().get(INTERVENTIONS));
            Optional<Bound> changes = changed.flatMap(entry -> changes(entry, inStep));
            if (changed.isPresent() && changes.isEmpty()) {
                return Optional.empty();
            }
            return bound.map(right -> new Step(
                    key.text(),
                    operation,
                    right,
                    changes,
                    scope.usedData,
                    scope.usedSteps,
                    own.orElse(controls),
                    own,
                    key.location()));
        } catch (UnreadableParametersException e) {
            log.error(ErrorCode.TOOL_BROKEN, key.location(), String.valueOf(e.getMessage()), "tell its author");
            return Optional.empty();
        }
    }

    private static Optional<Bound> changes(Node.Entry entry, Reading inStep) {
        Node.Mapping alone = new Node.Mapping(entry.key().location(), Map.of(INTERVENTIONS, entry));
        return CHANGES.read(alone, entry.key(), inStep, INTERVENTIONS);
    }

    private Optional<Node.Mapping> mapping(Node.Entry with) {
        Node value = with.value();
        if (value instanceof Node.Scalar scalar && scalar.isNothing()) {
            return Optional.of(new Node.Mapping(with.key().location(), Map.of()));
        }
        if (value instanceof Node.Mapping map) {
            return Optional.of(map);
        }
        log.error(ErrorCode.SPEC_TYPE, value.location(), "with must be a mapping, not " + value.words(), "");
        return Optional.empty();
    }

    private Optional<Controls> controls(Node.Entry entry) {
        if (!(entry.value() instanceof Node.Mapping map)) {
            String message = "controls must be a mapping, not " + entry.value().words();
            log.error(ErrorCode.SPEC_TYPE, entry.value().location(), message, "keys: layer_0, random_model");
            return Optional.empty();
        }
        return CONTROL_PARAMETERS
                .read(map, entry.key(), reading.of(CONTROLS), CONTROLS)
                .flatMap(Bound::record)
                .map(Controls.class::cast);
    }

    /** What the values of one step may refer to, and what they did refer to. */
    private final class StepScope implements Scope {

        private final Set<String> usedData = new LinkedHashSet<>();
        private final Set<String> usedSteps = new LinkedHashSet<>();

        @Override
        public Collection<String> data() {
            return data;
        }

        @Override
        public Collection<String> steps() {
            return names;
        }

        @Override
        public Optional<Class<? extends Record>> result(String step) {
            return Optional.ofNullable(operations.get(step)).map(OperationType::result);
        }

        @Override
        public void uses(Reference reference) {
            (reference.kind() == Reference.Kind.DATA ? usedData : usedSteps).add(reference.name());
        }
    }
}
