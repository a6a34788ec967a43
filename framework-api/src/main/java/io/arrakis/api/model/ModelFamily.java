package io.arrakis.api.model;

import io.arrakis.api.stability.Experimental;
import java.util.List;
import java.util.Set;

/**
 * Reads the configurations of one family of models and knows the names of its tensors. Found by
 * {@link java.util.ServiceLoader}; the class must be public with a public constructor without parameters. It holds no state.
 *
 * <p>A family must read, from the configuration, every key that changes what is computed; keys that it did not read are
 * refused, so that none is ignored in silence. It must refuse values of known keys that it cannot honour.
 */
@Experimental
public interface ModelFamily {
    /** The values of {@code model_type} that this family reads. */
    Set<String> modelTypes();

    /** What base-class files leave out in front of a name, such as {@code bert.}; empty for nothing. */
    String prefix();

    /**
     * Turns a configuration into an architecture.
     *
     * @param config  the configuration; must be asked for every key that matters
     * @param tensors which tensors there are: decides about heads
     * @throws io.arrakis.api.problem.ArrakisException with {@code MODEL-CONFIG} for values that cannot be honoured
     */
    Architecture architecture(ModelConfig config, TensorCatalog tensors);

    /**
     * Where a weight stands in the files.
     *
     * @param name         one of the architecture's weights
     * @param architecture what {@link #architecture} returned
     * @return the parts that make up the weight, one below the other along its outputs: mostly one; one for each head where
     *     files keep heads apart, the same one again where heads share it
     */
    List<TensorLocation> locate(WeightName name, Architecture architecture);

    /**
     * Whether files may hold a tensor that no weight is read from: a head of another task, a mask that is computed. Files with
     * any other tensor of floating-point numbers that {@link #locate} does not name are refused, as the configuration may have
     * left a part of the model out. Rotary frequencies, position ids and the usual heads of classification are known.
     *
     * @param tensor its name in the files, with or without the prefix
     */
    default boolean mayLeaveUnread(String tensor) {
        return false;
    }
}
