package io.arrakis.runtime.spec;

import io.arrakis.api.problem.SourceLocation;
import java.util.List;

/**
 * What a sweep varies.
 *
 * @param text  the path as it is written, such as {@code steps.senses.with.layer_idx}
 * @param parts its keys and indices
 * @param place where it stands
 */
record SweepPath(String text, List<String> parts, SourceLocation place) {

    /** Copies the list. */
    SweepPath {
        parts = List.copyOf(parts);
    }

    /** Returns whether one of the two is the other or lies inside of it. */
    boolean meets(List<String> other) {
        int common = Math.min(parts.size(), other.size());
        return parts.subList(0, common).equals(other.subList(0, common));
    }
}
