package io.arrakis.runtime.run;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.plan.ForwardPass;
import io.arrakis.runtime.plan.PassOutcome;
import io.arrakis.runtime.plan.PassPlanner;
import io.arrakis.runtime.plan.Target;
import io.arrakis.runtime.plan.TextReader;
import io.arrakis.runtime.plan.TokenTable;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.run.StepGraph.StepNode;
import io.arrakis.runtime.spec.Changes;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.form.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Prepares steps for the round in which they can be planned: at once, or, where a parameter is a part of an earlier result, when
 * that is there. Used by one thread.
 */
final class RoundPlanner {

    private final Experiment experiment;
    private final RunServices services;
    private final ModelPool models;
    private final DataPool data;
    private final TextReader texts;
    private final RunDirectory directory;
    private final StepChanges changes;
    private final Optional<PassDesk> desk;
    private final Map<StepId, Record> outlines = new HashMap<>();

    /**
     * Makes a planner.
     *
     * @param directory where earlier results are
     * @param desk      runs passes that changes take their numbers from; without one, these passes are all that such steps need
     */
    RoundPlanner(
            Experiment experiment, RunSession session, DataPool data, RunDirectory directory, Optional<PassDesk> desk) {
        this.experiment = experiment;
        this.services = session.services();
        this.models = session.models(experiment);
        this.data = data;
        this.directory = directory;
        this.texts = session.texts(experiment, data);
        this.desk = desk;
        this.changes = new StepChanges(experiment.seed(), models, texts, services.cancellation());
    }

    /**
     * Prepares every step that can be planned now.
     *
     * @param pending steps that have not run, in their order
     * @return at least one of them, in their order
     */
    List<PreparedStep> next(List<StepNode> pending) {
        Set<StepId> waiting = new HashSet<>();
        pending.forEach(node -> waiting.add(node.id()));
        Set<StepId> planned = new HashSet<>();
        List<Draft> drafts = new ArrayList<>();
        for (StepNode node : pending) {
            boolean late = node.spec().waits();
            boolean ready = node.reads().values().stream()
                    .allMatch(read -> !waiting.contains(read) || (!late && planned.contains(read)));
            if (ready) {
                services.cancellation().check();
                drafts.add(asking(node, () -> draft(node)));
                planned.add(node.id());
            }
        }
        Map<Object, PassOutcome> sources =
                desk.map(it -> runSources(drafts, it)).orElse(Map.of());
        return drafts.stream()
                .map(draft -> asking(draft.node(), () -> prepared(draft, sources)))
                .toList();
    }

    private <T> T asking(StepNode node, Supplier<T> question) {
        return Failures.asking(node.id(), node.spec(), services.cancellation(), question);
    }

    /**
     * A step before the numbers are there that its changes take from passes of the unchanged model.
     *
     * @param asked   what it changes
     * @param sources the passes that these numbers come from
     */
    private record Draft(
            StepNode node,
            Operation<Record, Record> operation,
            Record parameters,
            Requirements requirements,
            ModelSpec model,
            Optional<Changes> asked,
            List<ForwardPass> sources) {}

    private Draft draft(StepNode node) {
        Operation<Record, Record> operation =
                OperationChecks.typed(services.operations().apply(node.spec().operation()));
        Record parameters = parameters(node);
        ModelSpec model = model(node);
        StepPlanning planning = planning(node, model);
        if (!node.spec().parameters().late().isEmpty()) {
            OperationChecks.require(node.spec(), operation, parameters, planning);
        }
        Record outline = operation.outline(parameters, planning);
        if (outline != null) {
            outlines.put(node.id(), outline);
        }
        Requirements requirements = operation.requires(parameters, planning);
        Optional<Changes> asked =
                asked(node, requirements, planning, hook -> operation.refusesChange(parameters, hook, planning));
        List<ForwardPass> sources =
                asked.map(it -> changes.sources(it, model, node.id().step())).orElse(List.of());
        return new Draft(node, operation, parameters, requirements, model, asked, sources);
    }

    /**
     * Runs what all changes of a round take their numbers from, each reading once: with what steps without changes need of the
     * same reading, which they find in the cache then.
     */
    private Map<Object, PassOutcome> runSources(List<Draft> drafts, PassDesk passes) {
        Map<Object, HookedModel> readings = new HashMap<>();
        List<ForwardPass> all = new ArrayList<>();
        for (Draft draft : drafts) {
            draft.sources().forEach(pass -> readings.put(pass.identity(), models.get(draft.model())));
            all.addAll(draft.sources());
        }
        for (Draft draft : drafts) {
            if (draft.asked().isEmpty() && !readings.isEmpty()) {
                asking(draft.node(), () -> needs(draft, List.of())).values().stream()
                        .filter(pass -> readings.containsKey(pass.identity()))
                        .forEach(all::add);
            }
        }
        Map<Object, PassOutcome> outcomes = new HashMap<>();
        passes.run(PassPlanner.join(all), pass -> readings.get(pass.identity()))
                .forEach((pass, outcome) -> outcomes.put(pass.identity(), outcome));
        return outcomes;
    }

    private PreparedStep prepared(Draft draft, Map<Object, PassOutcome> sources) {
        List<Intervention> changed = List.of();
        Map<String, ForwardPass> needs;
        AskedPositions positions =
                new AskedPositions(draft.node().id(), draft.node().spec());
        if (desk.isEmpty() && !draft.sources().isEmpty()) {
            needs = numbered(draft.sources());
        } else {
            String step = draft.node().id().step();
            changed = draft.asked()
                    .map(it -> changes.of(it, draft.model(), step, pass -> sources.get(pass.identity())))
                    .orElse(List.of());
            needs = needs(draft, changed);
            read(draft, needs, positions);
        }
        return new PreparedStep(
                draft.node(),
                draft.operation(),
                draft.parameters(),
                draft.requirements(),
                draft.model(),
                changed,
                needs,
                positions);
    }

    /** What an operation reads in passes of its own is known when they have run. */
    private static void read(Draft draft, Map<String, ForwardPass> needs, AskedPositions positions) {
        draft.asked().ifPresent(positions::change);
        for (CaptureRequest capture : draft.requirements().captures()) {
            positions.capture(capture, needs.get(capture.id()).texts());
        }
        if (draft.requirements().passes().isEmpty()) {
            positions.require();
        }
    }

    private Record parameters(StepNode node) {
        Record bound = node.spec()
                .parameters()
                .resolve(step -> earlier(node, step))
                .record()
                .orElseThrow();
        boolean zero = node.id().control().equals(Optional.of(Control.LAYER_0));
        return zero ? LayerZero.in(bound) : bound;
    }

    private Record earlier(StepNode node, String step) {
        Class<? extends Record> shape = experiment.steps().get(step).operation().result();
        return ResultFiles.read(directory.result(node.reads().get(step)), shape);
    }

    private ModelSpec model(StepNode node) {
        boolean random = node.id().control().equals(Optional.of(Control.RANDOM_MODEL));
        return random ? ModelPool.random(experiment.model(), randomSeed(node)) : experiment.model();
    }

    /** A step that has the control only because another reads it takes the seed of the one that asked. */
    private long randomSeed(StepNode node) {
        return node.spec()
                .controls()
                .randomModel()
                .or(() -> experiment.steps().values().stream()
                        .map(step -> step.controls().randomModel())
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElseThrow()
                .seed();
    }

    private StepPlanning planning(StepNode node, ModelSpec model) {
        Map<String, Record> known = new HashMap<>();
        node.reads().forEach((name, id) -> {
            if (outlines.containsKey(id)) {
                known.put(name, outlines.get(id));
            }
        });
        HookedModel opened = models.get(model);
        return new StepPlanning(opened.description(), models.get(experiment.model())::tokenizer, data::fields, known);
    }

    private Optional<Changes> asked(
            StepNode node,
            Requirements requirements,
            StepPlanning planning,
            Function<HookName, Optional<String>> refusal) {
        if (node.spec().changes().isEmpty()) {
            return Optional.empty();
        }
        Bound written = node.spec().changes().get();
        Changes asked =
                (Changes) written.resolve(step -> earlier(node, step)).record().orElseThrow();
        if (requirements.captures().isEmpty() && requirements.passes().isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    "steps." + node.id().step(),
                    "it runs no forward pass that interventions could change",
                    "take 'interventions' away");
        }
        List<Problem> problems = new ArrayList<>();
        ChangeChecks.check(asked, planning.model(), refusal, node.spec().changeProblems(problems::add));
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ArrakisException(problems);
        }
        return Optional.of(asked);
    }

    private static Map<String, ForwardPass> numbered(List<ForwardPass> passes) {
        Map<String, ForwardPass> numbered = new LinkedHashMap<>();
        passes.forEach(pass -> numbered.put("interventions " + numbered.size(), pass));
        return numbered;
    }

    private Map<String, ForwardPass> needs(Draft draft, List<Intervention> changed) {
        StepId step = draft.node().id();
        Map<String, ForwardPass> needs = new LinkedHashMap<>();
        List<CaptureRequest> sorted = draft.requirements().captures().stream()
                .sorted(Comparator.comparing(CaptureRequest::id))
                .toList();
        for (CaptureRequest capture : sorted) {
            CaptureChecks.require(step, capture, models.get(draft.model()).description());
            TokenTable table = texts.read(capture.texts(), capture.maxTokens(), "step " + step.step());
            SortedSet<Target> targets = new TreeSet<>();
            capture.hooks().forEach(hook -> targets.add(Target.of(capture, hook)));
            List<Intervention> interventions = new ArrayList<>(changed);
            interventions.addAll(capture.interventions());
            needs.put(capture.id(), new ForwardPass(models.key(draft.model()), table, interventions, targets));
        }
        return needs;
    }
}
