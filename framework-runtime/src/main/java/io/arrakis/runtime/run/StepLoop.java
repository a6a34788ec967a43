package io.arrakis.runtime.run;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.operation.Operation;
import io.arrakis.runtime.cache.ActivationMatrix;
import io.arrakis.runtime.plan.CapturedActivations;
import io.arrakis.runtime.plan.ForwardPass;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.plan.PassMemory;
import io.arrakis.runtime.plan.PassOutcome;
import io.arrakis.runtime.plan.PassPlanner;
import io.arrakis.runtime.plan.Target;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginContext;
import io.arrakis.runtime.run.StepGraph.StepNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Runs the steps of one run in rounds: plans all that can be planned, runs the passes that they share, then the steps. */
final class StepLoop {

    private static final double NANOS = 1e9;

    private final RunParts parts;
    private final StepGraph graph;
    private final NumericSetup setup;
    private final PassDesk desk;
    private final StepSaver saver;
    private final StepKey keys;
    private final Supplier<LinearAlgebra> linearAlgebra;

    StepLoop(RunParts parts, StepGraph graph, NumericSetup setup) {
        this.parts = parts;
        this.graph = graph;
        this.setup = setup;
        this.desk = new PassDesk(parts, setup);
        this.saver = new StepSaver(parts, graph);
        this.keys = new StepKey(parts, setup);
        this.linearAlgebra =
                () -> parts.session().linearAlgebra(parts.experiment().threads());
    }

    void run() {
        RoundPlanner planner = new RoundPlanner(
                parts.experiment(), parts.session(), parts.data(), parts.directory(), Optional.of(desk));
        List<StepNode> pending = new ArrayList<>(graph.nodes());
        while (!pending.isEmpty()) {
            List<PreparedStep> round = planner.next(pending);
            pending.removeAll(round.stream().map(PreparedStep::node).toList());
            Map<ForwardPass, PassOutcome> passes = runPasses(round);
            for (PreparedStep step : round) {
                parts.services().cancellation().check();
                runStep(step, passes);
            }
        }
    }

    private Map<ForwardPass, PassOutcome> runPasses(List<PreparedStep> round) {
        Map<ForwardPass, ModelSpec> specs = new LinkedHashMap<>();
        round.forEach(step -> step.needs().values().forEach(need -> specs.put(need, step.model())));
        tellFurther(round);
        return desk.run(PassPlanner.join(specs.keySet()), pass -> model(pass, specs));
    }

    private void tellFurther(List<PreparedStep> round) {
        for (PreparedStep step : round) {
            step.requirements().passes().ifPresent(passes -> {
                parts.services().listener().plannedFurther(step.node().id(), passes.atMost(), passes.bytesATime());
                parts.services().cache().reserve(passes.bytesATime(), Set.of());
            });
        }
    }

    private HookedModel model(ForwardPass pass, Map<ForwardPass, ModelSpec> specs) {
        return specs.entrySet().stream()
                .filter(entry -> entry.getKey().sameReading(pass))
                .map(entry -> parts.models().get(entry.getValue()))
                .findFirst()
                .orElseThrow();
    }

    private void runStep(PreparedStep step, Map<ForwardPass, PassOutcome> passes) {
        StepId id = step.node().id();
        OperationType type = step.node().spec().operation();
        parts.manifest().stepState(id, "RUNNING", Optional.empty());
        parts.services().listener().stepStarted(id, type.fullName());
        parts.log().info("step {}: {}", id, type.fullName());
        long start = System.nanoTime();
        try {
            Failures.naming(id, step.node().spec(), parts.services().cancellation(), () -> {
                shareOrSave(step, passes);
                return id;
            });
        } catch (RuntimeException e) {
            parts.manifest().stepState(id, "FAILED", Optional.of((System.nanoTime() - start) / NANOS));
            throw e;
        }
        double seconds = (System.nanoTime() - start) / NANOS;
        parts.manifest().stepState(id, "FINISHED", Optional.of(seconds));
        parts.services().listener().stepFinished(id, seconds);
    }

    /** Takes the result over from another trial that has it, or computes it while others who want it wait. */
    @SuppressWarnings("try") // held, never asked
    private void shareOrSave(PreparedStep step, Map<ForwardPass, PassOutcome> passes) {
        StepId id = step.node().id();
        String key = keys.of(step);
        SharedResults.Hold hold = parts.results().hold(key);
        try (hold) {
            Optional<Path> known = parts.results().find(key).filter(path -> saver.adopt(step.node(), path));
            if (known.isPresent()) {
                Path other = parts.directory().path().relativize(known.get());
                parts.manifest().sameAs(id, other.toString());
                parts.log().info("step {}: as in {}", id, other);
            } else {
                saver.save(step.node(), operate(step, passes));
                parts.results().saved(key, parts.directory().result(id));
            }
            tellPositions(step);
        }
    }

    /** Controls read the same texts. */
    private void tellPositions(PreparedStep step) {
        StepId id = step.node().id();
        if (id.control().isEmpty()) {
            step.positions().warnings().forEach(warning -> parts.warn(Optional.of(id), warning));
        }
    }

    private Record operate(PreparedStep step, Map<ForwardPass, PassOutcome> passes) {
        AtomicBoolean open = new AtomicBoolean(true);
        Runnable requireOpen = () -> {
            if (!open.get()) {
                throw new IllegalStateException(
                        "the inputs of " + step.node().id() + " are closed; the operation has returned");
            }
        };
        HookedModel model = parts.models().get(step.model());
        Optional<DeclaredPasses> further = step.requirements()
                .passes()
                .map(declared -> new DeclaredPasses(model, passMemory(model), declared, step, () -> {
                    requireOpen.run();
                    parts.services().cancellation().check();
                }));
        StepInputs inputs = inputs(step, passes, model, requireOpen);
        StepContext context = new StepContext(
                model,
                further,
                linearAlgebra,
                parts.services(),
                parts.experiment().dtype(),
                parts.experiment().seed(),
                parts.log());
        Operation<Record, Record> operation = OperationChecks.typed(step.operation());
        try {
            Record result = PluginContext.call(
                    step.node().spec().operation().origin(), () -> operation.run(step.parameters(), inputs, context));
            if (result == null) {
                throw new IllegalStateException("it returned null");
            }
            step.positions().require();
            return result;
        } finally {
            open.set(false);
            further.ifPresent(parts.manifest()::further);
        }
    }

    private PassMemory passMemory(HookedModel model) {
        return new PassMemory(
                model, parts.services().cache(), setup, parts.services().cancellation()::check);
    }

    private StepInputs inputs(
            PreparedStep step, Map<ForwardPass, PassOutcome> passes, HookedModel model, Runnable requireOpen) {
        Map<String, Activations> activations = new HashMap<>();
        step.needs()
                .forEach((id, need) ->
                        activations.put(id, activations(step.capture(id), need, outcome(need, passes), requireOpen)));
        References references = References.in(step.parameters());
        Map<String, Path> results = new HashMap<>();
        references
                .steps()
                .forEach(name -> results.put(
                        name, parts.directory().result(step.node().reads().get(name))));
        return new StepInputs(
                activations,
                new RequiredWeights(model.weights(), step.requirements().weights(), requireOpen),
                name -> data(name, references),
                results,
                requireOpen);
    }

    private Dataset data(String name, References references) {
        if (!references.data().contains(name)) {
            throw new IllegalArgumentException(
                    "the parameters do not name the data set '" + name + "'; they name " + references.data());
        }
        return parts.data().get(name);
    }

    private static PassOutcome outcome(ForwardPass need, Map<ForwardPass, PassOutcome> passes) {
        return passes.entrySet().stream()
                .filter(entry -> entry.getKey().sameReading(need))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static Activations activations(
            CaptureRequest capture, ForwardPass need, PassOutcome outcome, Runnable requireOpen) {
        Map<HookName, ActivationMatrix> matrices = new TreeMap<>();
        capture.hooks().forEach(hook -> matrices.put(hook, outcome.matrices().get(Target.of(capture, hook))));
        return new CapturedActivations(need.texts().rows(capture.rows(), capture.positions()), matrices, requireOpen);
    }
}
