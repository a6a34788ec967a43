package io.arrakis.runtime.run;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.operation.Operation;
import io.arrakis.runtime.plan.ForwardPass;
import io.arrakis.runtime.plan.Target;
import io.arrakis.runtime.plan.TextReader;
import io.arrakis.runtime.plan.TokenTable;
import io.arrakis.runtime.plugin.PluginContext;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.run.StepGraph.StepNode;
import io.arrakis.runtime.spec.Experiment;
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
    private final Map<StepId, Record> outlines = new HashMap<>();

    /**
     * Makes a planner.
     *
     * @param directory where earlier results are
     */
    RoundPlanner(Experiment experiment, RunSession session, DataPool data, RunDirectory directory) {
        this.experiment = experiment;
        this.services = session.services();
        this.models = session.models(experiment);
        this.data = data;
        this.directory = directory;
        this.texts = session.texts(experiment, data);
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
        List<PreparedStep> round = new ArrayList<>();
        for (StepNode node : pending) {
            boolean late = !node.spec().parameters().late().isEmpty();
            boolean ready = node.reads().values().stream()
                    .allMatch(read -> !waiting.contains(read) || (!late && planned.contains(read)));
            if (ready) {
                services.cancellation().check();
                round.add(prepare(node));
                planned.add(node.id());
            }
        }
        return round;
    }

    private PreparedStep prepare(StepNode node) {
        return Failures.naming(
                node.id(),
                node.spec().operation(),
                services.cancellation(),
                () -> PluginContext.call(node.spec().operation().origin(), () -> prepareInContext(node)));
    }

    private PreparedStep prepareInContext(StepNode node) {
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
        return new PreparedStep(node, operation, parameters, requirements, model, needs(node, model, requirements));
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

    private Map<String, ForwardPass> needs(StepNode node, ModelSpec model, Requirements requirements) {
        Map<String, ForwardPass> needs = new LinkedHashMap<>();
        List<CaptureRequest> captures = requirements.captures().stream()
                .sorted(Comparator.comparing(CaptureRequest::id))
                .toList();
        for (CaptureRequest capture : captures) {
            CaptureChecks.require(node.id(), capture, models.get(model).description());
            TokenTable table = texts.read(
                    capture.texts(), capture.maxTokens(), "step " + node.id().step());
            SortedSet<Target> targets = new TreeSet<>();
            capture.hooks().forEach(hook -> targets.add(new Target(hook, capture.rows())));
            needs.put(capture.id(), new ForwardPass(models.key(model), table, capture.interventions(), targets));
        }
        return needs;
    }
}
