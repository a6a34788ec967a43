package io.arrakis.tools.lens;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problems;

/** Says before anything runs what a run would refuse. */
final class Refusals {

    private Refusals() {}

    /**
     * Reads something, and reports what it refuses.
     *
     * @param reading throws exceptions whose origin is the path of a parameter
     */
    static void report(Problems problems, Runnable reading) {
        try {
            reading.run();
        } catch (ArrakisException refused) {
            refused.problems().forEach(problem -> problems.at(problem.location().origin())
                    .error(problem.code(), problem.message(), problem.mend()));
        }
    }
}
