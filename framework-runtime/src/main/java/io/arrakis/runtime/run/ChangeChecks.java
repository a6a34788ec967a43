package io.arrakis.runtime.run;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPattern;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.Problems;
import io.arrakis.runtime.spec.Change;
import io.arrakis.runtime.spec.Change.Doing;
import io.arrakis.runtime.spec.Changes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;

/** Says what is wrong with the changes of a step, before anything runs. */
final class ChangeChecks {

    private final ModelDescription model;
    private final Architecture architecture;
    private final Function<HookName, Optional<String>> refusal;
    private final Problems problems;

    private ChangeChecks(ModelDescription model, Function<HookName, Optional<String>> refusal, Problems problems) {
        this.model = model;
        this.architecture = model.architecture();
        this.refusal = refusal;
        this.problems = problems;
    }

    /**
     * Reports problems at the places where the changes were written.
     *
     * @param refusal says why the operation of the step cannot follow a change at a hook point
     */
    static void check(
            Changes changes, ModelDescription model, Function<HookName, Optional<String>> refusal, Problems problems) {
        List<Change> list = changes.interventions();
        for (int i = 0; i < list.size(); i++) {
            new ChangeChecks(model, refusal, problems).check(list.get(i), "interventions[" + i + "].");
        }
    }

    private void check(Change change, String path) {
        SortedSet<HookName> hooks;
        try {
            hooks = new HookPattern(change.at()).resolve(architecture.hookNames());
        } catch (ArrakisException e) {
            Problem unknown = e.problems().get(0);
            problems.at(path + "at")
                    .error(
                            ErrorCode.UNKNOWN_HOOK,
                            unknown.location() + " of '" + change.at() + "' names nothing in model '" + model.name()
                                    + "'",
                            unknown.mend());
            return;
        } catch (IllegalArgumentException e) {
            problems.at(path + "at")
                    .error(ErrorCode.TOOL_INPUT, String.valueOf(e.getMessage()), "write names separated by commas");
            return;
        }
        refused(hooks, path);
        boolean headsOnce = once(change.heads().orElse(List.of()), path + "heads");
        boolean unitsOnce = once(change.units().orElse(List.of()), path + "units");
        if (headsOnce && unitsOnce) {
            hooks.forEach(hook -> check(change, hook, path));
        }
    }

    /** Each reason is said once, whatever the number of hook points. */
    private void refused(SortedSet<HookName> hooks, String path) {
        Map<String, List<HookName>> reasons = new LinkedHashMap<>();
        hooks.forEach(
                hook -> refusal.apply(hook).ifPresent(reason -> reasons.computeIfAbsent(reason, it -> new ArrayList<>())
                        .add(hook)));
        reasons.forEach((reason, refused) -> problems.at(path + "at")
                .error(
                        ErrorCode.TOOL_INPUT,
                        "it cannot follow a change at " + refused.get(0)
                                + (refused.size() == 1 ? "" : " or " + (refused.size() - 1) + " more of these") + ": "
                                + reason,
                        "change other hook points"));
    }

    private boolean once(List<Integer> indices, String path) {
        Set<Integer> seen = new HashSet<>();
        Optional<Integer> twice =
                indices.stream().filter(index -> !seen.add(index)).findFirst();
        twice.ifPresent(index ->
                problems.at(path).error(ErrorCode.TOOL_INPUT, "index " + index + " is given twice", "give it once"));
        return twice.isEmpty();
    }

    private void check(Change change, HookName hook, String path) {
        try {
            StepChanges.place(change, hook, new Edit.Zero());
        } catch (IllegalArgumentException e) {
            problems.at(path + "at")
                    .error(ErrorCode.TOOL_INPUT, String.valueOf(e.getMessage()), "leave other hook points out");
            return;
        }
        List<Axis> axes = hook.point().axes();
        Axis last = axes.get(axes.size() - 1);
        axes.stream()
                .filter(axis -> axis == Axis.HEAD || axis == Axis.KEY_VALUE_HEAD)
                .forEach(axis -> within(change.heads().orElse(List.of()), axis, hook, path + "heads"));
        if (last == Axis.POS || last == Axis.KEY_POS) {
            requireNoVector(change, hook, path);
        } else {
            within(change.units().orElse(List.of()), last, hook, path + "units");
            vector(change, hook, last, path);
        }
        boolean rows = axes.contains(Axis.POS) && !axes.contains(Axis.KEY_POS);
        if (fromTexts(change.edit()) && !rows) {
            problems.at(path + "edit")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            hook + " has no numbers of one token that could be taken from a text; its axes are " + axes,
                            "use zero, scale, set or add there");
        }
    }

    private static boolean fromTexts(Doing doing) {
        return doing instanceof Doing.Mean || doing instanceof Doing.Resample || doing instanceof Doing.Patch;
    }

    private void within(List<Integer> indices, Axis axis, HookName hook, String path) {
        long size = architecture.size(axis);
        indices.stream().filter(index -> index >= size).findFirst().ifPresent(index -> problems.at(path)
                .error(
                        ErrorCode.TOOL_INPUT,
                        "index " + index + " is beyond axis " + axis + " of " + hook + ", which has " + size,
                        "give 0 to " + (size - 1)));
    }

    private void requireNoVector(Change change, HookName hook, String path) {
        if (change.units().isPresent() || listed(change).isPresent()) {
            problems.at(path + "units")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "the last axis of " + hook + " counts positions, which no unit chooses",
                            "take 'units' away, and give one number");
        }
    }

    private void vector(Change change, HookName hook, Axis last, String path) {
        long wanted = change.units().map(units -> (long) units.size()).orElse(architecture.size(last));
        listed(change).filter(given -> given != wanted).ifPresent(given -> problems.at(path + "edit")
                .error(
                        ErrorCode.TOOL_INPUT,
                        "a list of " + given + " for " + wanted + " indices of axis " + last + " of " + hook,
                        "give one number without brackets, or a list of " + wanted));
    }

    /** How many numbers the list of the edit has, if it has one. */
    private static Optional<Integer> listed(Change change) {
        Change.Numbers numbers = change.edit() instanceof Doing.Set set
                ? set.set()
                : change.edit() instanceof Doing.Add add ? add.add() : new Change.Numbers.One(0);
        return numbers instanceof Change.Numbers.Each each
                ? Optional.of(each.numbers().size())
                : Optional.empty();
    }
}
