package io.arrakis.runtime.run;

import java.util.List;

/** Parts of results that are there. */
@FunctionalInterface
public interface EarlierResults {

    /**
     * Returns a part as plain values: {@link String}, {@link Long}, {@link Double}, {@link Boolean}, lists and maps of them.
     *
     * @param step name of the step
     * @param path names in snake case, and indices
     */
    Object part(String step, List<String> path);
}
