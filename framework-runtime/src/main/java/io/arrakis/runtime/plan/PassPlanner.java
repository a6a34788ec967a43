package io.arrakis.runtime.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins what steps, their controls and trials need into as few passes as possible. */
public final class PassPlanner {

    private PassPlanner() {}

    /**
     * Joins passes that are one reading.
     *
     * @param needs one for each capture of each step, control and trial, in any number
     * @return the passes, in the order in which they were first needed
     */
    public static List<ForwardPass> join(Collection<ForwardPass> needs) {
        Map<Object, ForwardPass> passes = new LinkedHashMap<>();
        for (ForwardPass need : needs) {
            passes.merge(need.identity(), need, ForwardPass::with);
        }
        return List.copyOf(passes.values());
    }
}
