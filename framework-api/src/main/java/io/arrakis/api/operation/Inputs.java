package io.arrakis.api.operation;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.model.Weights;
import io.arrakis.api.stability.Stable;
import java.nio.file.Path;

/** What an operation required, open until its {@code run} returns. Asking for anything else is an error that says so. */
@Stable
public interface Inputs {

    /**
     * Returns the activations of a capture.
     *
     * @param capture the id that {@link io.arrakis.api.activation.Requirements} gave it
     */
    Activations activations(String capture);

    /** Returns the required weights, read from disk when first asked for. */
    Weights weights();

    /** Returns a data set that the parameters name. */
    Dataset data(DataRef data);

    /**
     * Returns the result of an earlier step.
     *
     * @param shape the reader's own record, the type argument of the reference
     */
    <R extends Record> R step(StepRef<R> step, Class<R> shape);

    /**
     * Returns the result of a step that another run left.
     *
     * @param directory the folder of the step's result, {@code RUN/results/STEP}: the value of a parameter of type {@link Path},
     *                  so that what is in it counts for whether this step must run again
     * @param shape     the reader's own record, filled by structure
     * @throws io.arrakis.api.problem.ArrakisException with {@code DATA-UNFIT} if there is no such result
     */
    <R extends Record> R saved(Path directory, Class<R> shape);
}
