package io.arrakis.runtime.run;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.operation.Operation;
import io.arrakis.runtime.cache.ActivationCache;
import io.arrakis.runtime.device.Inventory;
import io.arrakis.runtime.plugin.OperationType;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What a run needs of the process.
 *
 * @param models        opens models
 * @param operations    makes operations
 * @param cache         keeps activations
 * @param inventory     looks at the machine for so many threads, when a run begins; may load native libraries
 * @param linearAlgebra makes the kernels, for so many threads
 * @param listener      is told how it goes on
 * @param cancellation  says whether to stop
 */
public record RunServices(
        ModelOpener models,
        Function<OperationType, Operation<?, ?>> operations,
        ActivationCache cache,
        IntFunction<Inventory> inventory,
        IntFunction<LinearAlgebra> linearAlgebra,
        RunListener listener,
        Cancellation cancellation) {

    /** Checks that nothing is null. */
    public RunServices {
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(operations, "operations");
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(inventory, "inventory");
        Objects.requireNonNull(linearAlgebra, "linearAlgebra");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancellation, "cancellation");
    }
}
