package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/**
 * Says that a statistic has no value for the numbers it was given, and why.
 *
 * <p>No method of this package returns NaN or an infinity; where SciPy would, this is thrown. The {@link #reason()} lets a
 * tool turn some cases into a warning in its result (a constant neuron) and let the others end the run (a NaN activation).
 */
@Stable
public final class UnusableSampleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Makes one with a sentence that names the argument, what is wrong with it, and how to mend it. */
    public UnusableSampleException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns what is wrong, for a program. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong with a sample. */
    @Stable
    public enum Reason {
        /** There are no values. */
        EMPTY,
        /** There are fewer values than the statistic needs. */
        TOO_FEW,
        /** A value is NaN or infinite. */
        NOT_FINITE,
        /** A value, or a parameter, lies outside the range where the statistic is defined. */
        OUT_OF_RANGE,
        /** Arrays that describe the same units have different lengths. */
        LENGTHS_DIFFER,
        /** All values are equal, so that nothing can be compared or divided by their spread. */
        CONSTANT,
        /** All labels are equal, or a class has no member. */
        ONE_CLASS,
        /** No arrangement of the members of a group obeys the constraints. */
        NO_ARRANGEMENT,
        /** An iteration did not settle. */
        NOT_CONVERGED
    }
}
