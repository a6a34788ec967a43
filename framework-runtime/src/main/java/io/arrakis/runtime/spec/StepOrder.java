package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.ProblemLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts steps behind those that they read. */
final class StepOrder {

    private StepOrder() {}

    /**
     * Returns the steps in an order in which they can run: that of the file as far as possible. Steps that need each other are
     * reported; they, and those that need them or steps that are not there, are left out.
     */
    static Map<String, Step> sort(Map<String, Step> steps, ProblemLog log) {
        Map<String, Step> sorted = new LinkedHashMap<>();
        Map<String, Step> waiting = new LinkedHashMap<>(steps);
        Optional<Step> ready = ready(waiting, sorted);
        while (ready.isPresent()) {
            Step step = ready.get();
            sorted.put(step.name(), step);
            waiting.remove(step.name());
            ready = ready(waiting, sorted);
        }
        while (!waiting.isEmpty()) {
            report(waiting, log);
        }
        return sorted;
    }

    private static Optional<Step> ready(Map<String, Step> waiting, Map<String, Step> done) {
        return waiting.values().stream()
                .filter(step -> done.keySet().containsAll(step.after()))
                .findFirst();
    }

    /** Follows the steps from the first one until one comes again, reports that circle, and takes the steps away. */
    private static void report(Map<String, Step> waiting, ProblemLog log) {
        List<String> way = new ArrayList<>();
        String name = waiting.keySet().iterator().next();
        while (name != null && !way.contains(name)) {
            way.add(name);
            name = waiting.get(name).after().stream()
                    .filter(waiting::containsKey)
                    .sorted()
                    .findFirst()
                    .orElse(null);
        }
        if (name != null) {
            List<String> circle = way.subList(way.indexOf(name), way.size());
            String last = circle.get(0);
            String message = circle.size() == 1
                    ? "step '" + last + "' reads its own result"
                    : "steps read each other's results in a circle: " + String.join(" <- ", circle) + " <- " + last;
            log.error(ErrorCode.SPEC_CYCLE, waiting.get(last).location(), message, "take one of the references away");
        }
        way.forEach(waiting::remove);
    }
}
