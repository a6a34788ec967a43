package io.arrakis.runtime.plan;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.model.KeptType;
import java.util.Comparator;

/**
 * What to keep of a pass: one matrix.
 *
 * @param hook      the hook point
 * @param rows      which positions become rows, and how they are pooled
 * @param positions which positions count at all
 * @param type      what numbers the rows are kept in
 */
public record Target(HookName hook, Rows rows, Positions positions, KeptType type) implements Comparable<Target> {

    private static final Comparator<Target> ORDER = Comparator.comparing(Target::hook)
            .thenComparing(Target::rows)
            .thenComparing(target -> target.positions().toString())
            .thenComparing(Target::type);

    /** Rows of whole texts, kept in float32. */
    public Target(HookName hook, Rows rows) {
        this(hook, rows, Positions.all(), KeptType.FLOAT32);
    }

    /** Returns what a capture keeps of a hook point. */
    public static Target of(CaptureRequest capture, HookName hook) {
        return new Target(hook, capture.rows(), capture.positions(), capture.type());
    }

    @Override
    public int compareTo(Target other) {
        return ORDER.compare(this, other);
    }
}
