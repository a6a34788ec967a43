package io.arrakis.runtime.run;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.spec.Changes;
import io.arrakis.runtime.spec.DataEntry;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.Step;
import io.arrakis.runtime.spec.form.Bound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks the operations of an experiment what is wrong with their parameters, before anything runs. Steps with parameters that are
 * parts of earlier results are asked when those are there.
 */
public final class OperationChecks {

    private final Function<OperationType, Operation<?, ?>> operations;
    private final Map<OpenedData, Dataset> opened = new HashMap<>();

    private record OpenedData(DataEntry entry, long seed) {}

    /** Makes the checks; operations are made as they are asked, and data sets are opened once for all experiments. */
    public OperationChecks(Function<OperationType, Operation<?, ?>> operations) {
        this.operations = operations;
    }

    /**
     * Returns what is wrong, at the places where the parameters were written.
     *
     * @param experiment what could be understood of it
     * @param model      its model
     * @param tokenizer  made when an operation asks for it; touches a native library
     */
    public List<Problem> check(Experiment experiment, ModelDescription model, Supplier<Tokenizer> tokenizer) {
        List<Problem> problems = new ArrayList<>();
        DataPool data = new DataPool(experiment.data(), entry -> open(entry, experiment.seed()));
        Map<String, Record> outlines = new HashMap<>();
        for (Step step : experiment.steps().values()) {
            Optional<Record> parameters = step.parameters().record();
            if (parameters.isPresent() && experiment.steps().keySet().containsAll(step.after())) {
                StepPlanning planning = new StepPlanning(model, tokenizer, data::fields, outlines);
                collecting(step, problems, operation -> ask(operation, step, parameters.get(), planning, problems)
                        .ifPresent(outline -> outlines.put(step.name(), outline)));
                step.changes()
                        .flatMap(Bound::record)
                        .ifPresent(changes -> collecting(
                                step,
                                problems,
                                operation -> ChangeChecks.check(
                                        (Changes) changes,
                                        model,
                                        hook -> operation.refusesChange(parameters.get(), hook, planning),
                                        step.changeProblems(problems::add))));
            }
        }
        return problems;
    }

    private Dataset open(DataEntry entry, long seed) {
        OpenedData key = new OpenedData(entry, seed);
        Dataset known = opened.get(key);
        if (known == null) {
            known = entry.open(seed);
            opened.put(key, known);
        }
        return known;
    }

    /** Asks the operation of a step; what that throws is one more problem. */
    private void collecting(Step step, List<Problem> problems, Consumer<Operation<Record, Record>> question) {
        try {
            inContext(step, operation -> {
                question.accept(operation);
                return operation;
            });
        } catch (ArrakisException e) {
            problems.addAll(e.problems());
        }
    }

    /** Returns the outline of the step, if it has one and nothing is wrong. */
    private static Optional<Record> ask(
            Operation<Record, Record> operation,
            Step step,
            Record parameters,
            StepPlanning planning,
            List<Problem> problems) {
        int before = problems.size();
        operation.check(parameters, planning, step.problems(problems::add));
        boolean wrong = problems.subList(before, problems.size()).stream().anyMatch(Problem::isError);
        return wrong ? Optional.empty() : Optional.ofNullable(operation.outline(parameters, planning));
    }

    /**
     * Returns what each step will read, by its name; steps whose parameters wait for a result are not there.
     *
     * @param experiment without errors
     * @param model      its model
     * @param tokenizer  made when an operation asks for it; touches a native library
     * @throws ArrakisException naming the step whose operation threw
     */
    public Map<String, Requirements> requirements(
            Experiment experiment, ModelDescription model, Supplier<Tokenizer> tokenizer) {
        Map<String, Requirements> requirements = new LinkedHashMap<>();
        DataPool data = new DataPool(experiment.data(), entry -> open(entry, experiment.seed()));
        Map<String, Record> outlines = new HashMap<>();
        for (Step step : experiment.steps().values()) {
            Optional<Record> parameters = step.parameters().record();
            if (parameters.isPresent()) {
                StepPlanning planning = new StepPlanning(model, tokenizer, data::fields, outlines);
                inContext(step, operation -> {
                    Optional.ofNullable(operation.outline(parameters.get(), planning))
                            .ifPresent(outline -> outlines.put(step.name(), outline));
                    return requirements.put(step.name(), operation.requires(parameters.get(), planning));
                });
            }
        }
        return requirements;
    }

    private <T> T inContext(Step step, Function<Operation<Record, Record>, T> work) {
        return Failures.asking(
                StepId.of(step.name()),
                step,
                new Cancellation(),
                () -> work.apply(typed(operations.apply(step.operation()))));
    }

    /** Checks parameters that were completed by earlier results. */
    static void require(Step step, Operation<?, ?> operation, Record parameters, StepPlanning planning) {
        List<Problem> problems = new ArrayList<>();
        typed(operation).check(parameters, planning, step.problems(problems::add));
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new ArrakisException(problems);
        }
    }

    @SuppressWarnings("unchecked")
    static Operation<Record, Record> typed(Operation<?, ?> operation) {
        return (Operation<Record, Record>) operation;
    }
}
