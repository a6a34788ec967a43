package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;

/**
 * Collects what is wrong with an experiment, so that all of it is said at once.
 *
 * <p>An operation reports against the names of its parameters; the framework knows on which line of which file each was
 * written.
 */
@Stable
public interface Problems {

    /**
     * Returns the place of a parameter.
     *
     * @param path snake-case name of the parameter, with indices and nested names where needed: {@code layer_idx},
     *             {@code ids[3]}, {@code threshold.false_positive_rate}; the nearest enclosing value is used where the
     *             path itself was not written
     */
    Place at(String path);

    /** Returns whether an error was reported. */
    boolean hasErrors();

    /** A place to report against. */
    interface Place {

        /**
         * Reports something that must be mended before anything runs.
         *
         * @param message what is wrong, one sentence without a full stop
         * @param mend    how to mend it; may be empty
         */
        void error(ErrorCode code, String message, String mend);

        /** Reports something that does not stop the run. */
        void warning(ErrorCode code, String message, String mend);
    }
}
