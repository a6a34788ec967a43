package io.arrakis.api.bench;

import io.arrakis.api.operation.Operation;
import io.arrakis.api.stability.Experimental;

/** A tool on a bench. */
@Experimental
public interface BenchTool {

    /** Returns the name of the tool. */
    String name();

    /**
     * Runs one of its operations, as {@link Bench#call(String, Object...)} does.
     *
     * @param operation its own name, such as {@code polysemantic_score}
     */
    Record call(String operation, Object... arguments);

    /**
     * Runs one of its operations, as {@link Bench#call(Class, Object...)} does.
     *
     * @throws IllegalArgumentException if the operation belongs to another tool
     */
    <P extends Record, R extends Record> R call(Class<? extends Operation<P, R>> operation, Object... arguments);
}
