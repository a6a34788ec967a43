package io.arrakis.api.activation;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.stability.Stable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The activations of one capture: a matrix of float32 for each hook point, a row for each kept position.
 *
 * <p>Rows that were kept in narrower numbers ({@link CaptureRequest#type}) are widened as they are read: a block of them is a copy,
 * in memory of its own.
 *
 * <p>Per-head hook points have heads and d_head side by side in a row. Arrays are views of memory that the framework owns:
 * they must not be changed or closed, and are valid until the operation returns. Safe to read from several threads.
 */
@Stable
public interface Activations {

    /** Returns where the rows come from. */
    TokenRows rows();

    /** Returns the width of a row at a hook point. */
    int width(HookName hook);

    /**
     * Returns some rows.
     *
     * <p>Costs no copy where the rows lie in memory or in a mapped file in float32.
     *
     * @param first the first row
     * @param count the number of rows
     * @return {@code [count, width]}, row-major
     */
    INDArray block(HookName hook, int first, int count);

    /** Returns all rows, {@code [rows, width]}, row-major, mapped rather than loaded where they are on disk. */
    default INDArray all(HookName hook) {
        return block(hook, 0, rows().count());
    }

    /**
     * Copies chosen rows to the heap, one after the other: the place for plain loops.
     *
     * @param chosen indices of rows, in any order
     * @return {@code chosen.length x width} values, row after row
     */
    float[] gather(HookName hook, int[] chosen);
}
