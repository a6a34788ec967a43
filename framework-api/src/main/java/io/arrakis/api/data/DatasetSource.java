package io.arrakis.api.data;

import io.arrakis.api.problem.Problems;
import io.arrakis.api.stability.Stable;

/**
 * A kind of data, named by {@code source:} in the {@code data} block of an experiment, and found through
 * {@code META-INF/services/io.arrakis.api.data.DatasetSource}.
 *
 * <p>An implementation must have a public constructor without arguments and no state, and must give equal data sets for
 * equal parameters and files.
 *
 * @param <P> its parameters: a record of plain values, described like the parameters of an
 *            operation
 */
@Stable
public interface DatasetSource<P extends Record> {

    /** Returns the name: lower case, digits and underscores. */
    String name();

    /** Returns one sentence for people. */
    String summary();

    /** Returns the class of the parameters. */
    Class<P> parameters();

    /** Reports what is wrong with parameters of the right types and ranges; reads no data. */
    default void check(P parameters, Problems problems) {}

    /**
     * Opens the data.
     *
     * @throws io.arrakis.api.problem.ArrakisException with every bad row: file, line and what is wrong
     */
    Dataset open(P parameters, DataContext context);
}
