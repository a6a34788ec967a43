package io.arrakis.api.model;

import io.arrakis.api.stability.Experimental;
import java.util.List;

/**
 * Opens models from one kind of place. Found by {@link java.util.ServiceLoader}; the class must be public with a public
 * constructor without parameters.
 */
@Experimental
public interface ModelSource {
    /** A short word for messages, such as {@code directory}. */
    String kind();

    /** The names that can be opened, as far as they can be listed; for suggestions. */
    List<String> names();

    /**
     * Whether this source opens the reference. Must be cheap, touch no network and no native library.
     *
     * @param reference what the experiment says: a name, a path, an id
     * @param context   where relative paths start from
     */
    boolean accepts(String reference, ModelContext context);

    /**
     * Opens a model. Must touch no native library before tensors or tokenizer are asked for.
     *
     * @throws io.arrakis.api.problem.ArrakisException with {@code MODEL-FILE}, {@code MODEL-CONFIG} or {@code FILE-MISSING},
     *     saying which file, what is wrong and how to mend it
     */
    Checkpoint open(String reference, ModelContext context);
}
