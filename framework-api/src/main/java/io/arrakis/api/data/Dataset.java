package io.arrakis.api.data;

import io.arrakis.api.problem.Problem;
import io.arrakis.api.stability.Stable;
import java.util.Iterator;
import java.util.List;

/**
 * Examples in a fixed order.
 *
 * <p>Every iteration gives the same examples in the same order. A source should read its rows as they are asked for and not
 * keep them: a data set may be larger than memory. Safe to iterate from several threads at once.
 */
@Stable
public interface Dataset extends Iterable<Example> {

    /** Returns the number of examples. */
    int size();

    /** Returns the names of the fields that its examples may have, in their order. */
    List<String> fields();

    /**
     * Returns a word that changes whenever an example would: a hash of the content, or of the version of the source and the
     * parameters.
     */
    String fingerprint();

    /** Returns what was noticed while it was opened and does not make it useless. */
    default List<Problem> warnings() {
        return List.of();
    }

    @Override
    Iterator<Example> iterator();
}
