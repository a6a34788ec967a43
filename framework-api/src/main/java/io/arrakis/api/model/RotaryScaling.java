package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.List;

/**
 * How the frequencies of rotary positions are changed for inputs longer than a model was first trained on. The formulas are
 * those of Hugging Face transformers.
 */
@Stable
public sealed interface RotaryScaling {
    /** Not changed. */
    record None() implements RotaryScaling {}

    /**
     * Every frequency is divided.
     *
     * @param factor the divisor
     */
    record Linear(double factor) implements RotaryScaling {}

    /**
     * The base grows with the length of a row that is longer than the context.
     *
     * @param factor  how much
     * @param context length from which on it grows
     */
    record Dynamic(double factor, int context) implements RotaryScaling {}

    /**
     * Slow frequencies are divided, fast ones kept, with a ramp between; cosines and sines are multiplied.
     *
     * @param factor    divisor of the slow frequencies
     * @param context   context before scaling
     * @param betaFast  turns within the context above which a frequency is kept
     * @param betaSlow  turns within the context below which it is divided
     * @param amplitude multiplier of cosines and sines
     * @param truncate  whether the ends of the ramp are rounded to whole dimensions
     */
    record Yarn(double factor, int context, double betaFast, double betaSlow, double amplitude, boolean truncate)
            implements RotaryScaling {}

    /**
     * The scaling of Llama 3.1: long wave lengths are divided, short ones kept, with a ramp between.
     *
     * @param factor     divisor of the long ones
     * @param lowFactor  a wave is long above {@code context / lowFactor}
     * @param highFactor a wave is short below {@code context / highFactor}
     * @param context    context before scaling
     */
    record Llama3(double factor, double lowFactor, double highFactor, int context) implements RotaryScaling {}

    /**
     * A divisor for each frequency, one list for short rows and one for long.
     *
     * @param shortFactors divisors for rows up to the context before scaling
     * @param longFactors  divisors for longer rows
     * @param context      context before scaling
     * @param amplitude    multiplier of cosines and sines
     */
    record LongRope(List<Double> shortFactors, List<Double> longFactors, int context, double amplitude)
            implements RotaryScaling {
        /** Copies the lists and checks that they are as long as each other. */
        public LongRope {
            shortFactors = List.copyOf(shortFactors);
            longFactors = List.copyOf(longFactors);
            if (shortFactors.size() != longFactors.size()) {
                throw new IllegalArgumentException(
                        "short_factor has " + shortFactors.size() + " numbers, long_factor " + longFactors.size());
            }
        }
    }

    /** Whether a row's frequencies depend on its length. */
    default boolean dependsOnLength() {
        return this instanceof Dynamic || this instanceof LongRope;
    }
}
