package io.arrakis.tools.lens;

import io.arrakis.api.model.ComputeType;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/**
 * Tells rounding from mistakes, where the same is computed in two ways: by the model in its own numbers, and here in float32.
 *
 * <p>A number of the model is rounded each time that something is added to the residual stream, by at most half the distance of
 * two numbers of its type, relative to what stands there; a model of some tens of blocks does this up to a hundred times, and as the
 * errors point either way, they sum to about ten of one (the square root of a hundred). Norms and products pass these on and add as
 * many again, and the largest of many thousand such sums is some four times as far out as a usual one. So {@link #ROUNDINGS} of
 * them are allowed in the 16-bit types: 3% of the largest number in float16, 25% in bfloat16. A part that is left out or taken
 * twice is mostly further off, but not always, so in these types a check finds less. In float32 and float64, whose results are
 * handed out in float32, sums over all parts of a model differ by 1e-5, and a hundred times that is allowed.
 *
 * @param computed what numbers the model computes in
 */
record Rounding(ComputeType computed) {

    /** How many roundings, all in one direction, a number of a 16-bit type may be off by. */
    private static final int ROUNDINGS = 64;

    private static final double FLOAT32 = 1e-3;

    /** Returns by how much of the largest number two ways may differ. */
    double tolerance() {
        return Math.max(FLOAT32, ROUNDINGS * unit());
    }

    /** Returns by how much of a number it is rounded at most: 2 to the power of minus its bits of precision. */
    private double unit() {
        return switch (computed) {
            case FLOAT64, FLOAT32 -> 0x1p-24;
            case FLOAT16 -> 0x1p-11;
            case BFLOAT16 -> 0x1p-8;
        };
    }

    /**
     * Returns the largest difference of two arrays.
     *
     * @param subject what computes both ways
     * @param what    what it means that they differ
     * @throws ArrakisException if it is more than rounding
     */
    double require(String subject, String what, float[] ours, float[] models) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < models.length; i++) {
            difference = Math.max(difference, Math.abs((double) ours[i] - models[i]));
            largest = Math.max(largest, Math.abs(models[i]));
        }
        return require(subject, what, difference, largest);
    }

    /**
     * Returns a difference.
     *
     * @param subject what computes both ways
     * @param what    what it means that they differ
     * @param largest the largest number
     * @throws ArrakisException if it is more than rounding
     */
    double require(String subject, String what, double difference, double largest) {
        if (!(difference <= tolerance() * Math.max(1, largest))) {
            throw new ArrakisException(
                    ErrorCode.CHECK_FAILED,
                    subject,
                    what + ": they are off by " + difference + ", of at most " + largest,
                    computed == ComputeType.FLOAT32 || computed == ComputeType.FLOAT64
                            ? "this is a defect: please report it with the model's config.json"
                            : "compute with dtype: float32, as " + computed.id()
                                    + " may round too much here; if that fails too, it is a defect: please report it with"
                                    + " the model's config.json");
        }
        return difference;
    }
}
