package io.arrakis.api.model;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.stability.Stable;
import java.util.SortedSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tensors that one forward pass kept. It owns their memory: close it when done, in try-with-resources.
 *
 * <p>Not safe for use by several threads at once.
 */
@Stable
public interface Capture extends AutoCloseable {
    /** The hook points whose tensors are here: those that were asked for. */
    SortedSet<HookName> hooks();

    /**
     * The tensor of one hook point, without a copy; one that was kept in narrower numbers is widened into a copy.
     *
     * @return a row-major ('c') view in the shape of {@code Architecture.shape}, float32 (float64 for a model that computes
     *     in it), with as many positions as the request chose; valid until this capture is closed, not to be used or changed
     *     after. {@code dup()} makes a copy to keep
     * @throws IllegalStateException    if this capture is closed
     * @throws IllegalArgumentException if the hook point was not asked for; lists those that were
     */
    INDArray get(HookName name);

    /**
     * The tensor of one hook point, copied to the heap: much faster than reading an {@link INDArray} number by number.
     *
     * @return row-major, float32
     * @throws IllegalStateException    if this capture is closed
     * @throws IllegalArgumentException if the hook point was not asked for; lists those that were
     */
    float[] toArray(HookName name);

    /** Frees the memory of all tensors; a second call does nothing. */
    @Override
    void close();
}
