package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Rows;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins what steps, their controls and trials need into as few passes as possible. */
public final class PassPlanner {

    private PassPlanner() {}

    /**
     * Joins passes of equal model, texts and interventions. Equal texts are those with equal token ids, wherever they come from;
     * marked parts belong to the texts, so that texts with other marks make another pass.
     *
     * @param needs one for each capture of each step, control and trial, in any number
     * @return the passes, in the order in which they were first needed
     */
    public static List<ForwardPass> join(Collection<ForwardPass> needs) {
        Map<Object, ForwardPass> passes = new LinkedHashMap<>();
        for (ForwardPass need : needs) {
            passes.merge(key(need), need, ForwardPass::with);
        }
        return List.copyOf(passes.values());
    }

    private static Object key(ForwardPass need) {
        boolean marked = need.targets().stream()
                .anyMatch(target -> target.rows() == Rows.SPAN);
        return marked ? List.of(need.identity(), need.texts().spanHash()) : need.identity();
    }
}
