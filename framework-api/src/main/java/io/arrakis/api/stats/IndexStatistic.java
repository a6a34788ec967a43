package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** A statistic of a resample, given as the numbers of the units in it. */
@Stable
@FunctionalInterface
public interface IndexStatistic {

    /**
     * Returns the statistic of the units with these numbers; a unit may occur more than once.
     *
     * @param units numbers from 0; the array is used again for the next resample, so it must be neither kept nor changed
     * @return a finite number
     * @throws UnusableSampleException with reason {@code CONSTANT}, {@code ONE_CLASS} or {@code TOO_FEW} if the statistic is
     *     not defined on this resample
     */
    double of(int[] units);
}
