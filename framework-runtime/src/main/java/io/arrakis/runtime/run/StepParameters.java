package io.arrakis.runtime.run;

/** The parameters of a step, some of which may be parts of earlier results. */
public interface StepParameters {

    /** Returns whether some of them are parts of earlier results, so that they are known only when those are there. */
    boolean late();

    /**
     * Returns the parameters.
     *
     * @param earlier gives parts of earlier results; asked only where {@link #late} says so
     * @throws io.arrakis.api.problem.ArrakisException if a part does not fit its parameter
     */
    Record bind(EarlierResults earlier);
}
