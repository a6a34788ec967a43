package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.HookName;
import java.util.Comparator;

/**
 * What to keep of a pass: one matrix.
 *
 * @param hook the hook point
 * @param rows which positions become rows, and how they are pooled
 */
public record Target(HookName hook, Rows rows) implements Comparable<Target> {

    private static final Comparator<Target> ORDER =
            Comparator.comparing(Target::hook).thenComparing(Target::rows);

    @Override
    public int compareTo(Target other) {
        return ORDER.compare(this, other);
    }
}
