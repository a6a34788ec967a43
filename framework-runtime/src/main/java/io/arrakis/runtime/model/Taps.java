package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The hook points of one block, or of what lies outside the blocks, in one pass. A point that nobody asks for costs a look-up. */
final class Taps {
    private final HookTrace trace;
    private final Map<HookPoint, HookName> touched;

    /**
     * The taps of one place.
     *
     * @param touched the points that are kept or changed there
     */
    Taps(HookTrace trace, Map<HookPoint, HookName> touched) {
        this.trace = trace;
        this.touched = touched.isEmpty() ? new EnumMap<>(HookPoint.class) : new EnumMap<>(touched);
    }

    /** Hands a tensor through a hook point: changes it and keeps it as the request says. Never changes the array itself. */
    NDArray at(HookPoint point, NDArray tensor) {
        HookName name = touched.get(point);
        return name == null ? tensor : trace.at(name, tensor);
    }

    /** Whether a tensor is kept or changed at a point, so that it must not be overwritten. */
    boolean touches(HookPoint point) {
        return touched.containsKey(point);
    }

    /** Whether a tensor is kept or changed at one of these points. */
    boolean touchesAny(Set<HookPoint> points) {
        return !Collections.disjoint(touched.keySet(), points);
    }

    /** Whether a tensor of this point is asked for. */
    boolean wants(HookPoint point) {
        HookName name = touched.get(point);
        return name != null && trace.wants(name);
    }

    /** Whether everything that the request asks for has been kept, so that the pass may stop. */
    boolean finished() {
        return trace.finished();
    }
}
