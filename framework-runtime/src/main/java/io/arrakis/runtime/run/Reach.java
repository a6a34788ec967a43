package io.arrakis.runtime.run;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much of the model decides the results of an experiment: what its steps say that they read. All of it, where a step cannot
 * say so before others have run, or runs passes of its own.
 */
final class Reach {

    private final Set<HookName> hooks = new HashSet<>();
    private final Set<WeightName> weights = new HashSet<>();
    private boolean all;

    private Reach() {}

    /** Returns a hash of configuration, number type, and the weights that decide the results; reads these once. */
    static String fingerprint(Experiment experiment, RunServices services, HookedModel model, DataPool data) {
        Reach reach = new Reach();
        Map<String, Record> outlines = new HashMap<>();
        for (Step step : experiment.steps().values()) {
            StepPlanning planning = new StepPlanning(model.description(), model::tokenizer, data::fields, outlines);
            reach.add(step, services, planning).ifPresent(outline -> outlines.put(step.name(), outline));
        }
        reach.weights.retainAll(model.weights().names()); // a step that wants another one ends the run with an error
        return reach.all ? model.fingerprint() : model.fingerprint(reach.hooks, reach.weights);
    }

    private Optional<Record> add(Step step, RunServices services, StepPlanning planning) {
        Optional<Record> parameters = step.parameters().record();
        if (parameters.isEmpty()) {
            all = true;
            return Optional.empty();
        }
        try {
            return Failures.asking(
                    StepId.of(step.name()),
                    step,
                    services.cancellation(),
                    () -> ask(step, services, parameters.get(), planning));
        } catch (ArrakisException e) {
            // The step says the same when its turn comes, and the run ends there with what it says.
            all = true;
            return Optional.empty();
        }
    }

    private Optional<Record> ask(Step step, RunServices services, Record parameters, StepPlanning planning) {
        Operation<Record, Record> operation =
                OperationChecks.typed(services.operations().apply(step.operation()));
        add(operation.requires(parameters, planning));
        return Optional.ofNullable(operation.outline(parameters, planning));
    }

    private void add(Requirements requirements) {
        requirements.captures().stream().map(CaptureRequest::hooks).forEach(hooks::addAll);
        weights.addAll(requirements.weights());
        all |= requirements.passes().isPresent();
    }
}
