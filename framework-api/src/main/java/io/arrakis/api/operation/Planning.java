package io.arrakis.api.operation;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.Optional;

/** What is known before anything runs. */
@Stable
public interface Planning {

    /** Returns the description of the model; its weights are not loaded. */
    ModelDescription model();

    /** Returns the tokenizer of the model. It is made on the first call and touches a native library. */
    Tokenizer tokenizer();

    /** Returns the names of the fields of a data set, without opening it where the source can say so. */
    List<String> fields(DataRef data);

    /**
     * Returns what a step says of its result before it exists.
     *
     * @param shape the reader's own record, filled by structure
     * @return nothing where the step has no outline
     */
    <O extends Record> Optional<O> outline(StepRef<?> step, Class<O> shape);
}
