package io.arrakis.tools.lens;

/** Tells how clean an output is. */
@FunctionalInterface
interface OutputMetric {

    /**
     * Returns the metric of one row of a batch.
     *
     * @param outputs a row of d_model numbers for each position of each row of the batch
     * @param row     the row of the batch
     */
    double of(Matrix outputs, int row);
}
