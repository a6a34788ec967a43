package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * The tensors of a checkpoint under the names of its files. Nothing is read but what is asked for.
 *
 * <p>Safe for use by several threads.
 */
@Stable
public interface CheckpointTensors {
    /** What there is, without reading any of it. */
    Map<String, TensorInfo> catalog();

    /**
     * Reads a run of a tensor's numbers, row-major, as float32.
     *
     * @param name  a key of the catalogue
     * @param first index of the first number
     * @param into  filled from its position to its limit
     * @throws io.arrakis.api.problem.ArrakisException with {@code MODEL-FILE} if the numbers are of a type that is no weight
     *     (BOOL, integers)
     * @throws IndexOutOfBoundsException if the run goes beyond the tensor
     */
    void read(String name, long first, FloatBuffer into);

    /** Bytes of the files that were read so far, for hashes too; those read twice count once. */
    long bytesRead();
}
