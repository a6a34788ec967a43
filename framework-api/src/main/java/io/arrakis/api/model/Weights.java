package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a model, fetched one by one: a tensor is read from its file when it is asked for, and no other is.
 *
 * <p>Safe for use by several threads.
 */
@Stable
public interface Weights {
    /** Every weight that the model has, in the order of the forward pass. */
    List<WeightName> names();

    /** The shape of a weight, without reading it; sizes in the order of {@link WeightPoint#axes()}. */
    long[] shape(WeightName name);

    /**
     * One weight, read at each call.
     *
     * @return a new array in the shape of {@link WeightPoint#axes()}, float32 whatever the file holds, row-major ('c'), owned
     *     by the caller
     * @throws io.arrakis.api.problem.ArrakisException with {@code MODEL-FILE} if the file lacks it or has it in another shape
     * @throws IllegalArgumentException if the architecture has no such weight
     */
    INDArray get(WeightName name);

    /** Bytes of weights read from files so far by this model, by forward passes and for hashes too; those read twice count once. */
    long bytesRead();
}
