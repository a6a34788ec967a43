package io.arrakis.api.operation;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stability.Stable;
import java.util.Optional;

/**
 * One analysis: parameters in, a result out.
 *
 * <p>An operation is a small class without state that Guice makes. Its name in an experiment is its class name in snake case.
 * The framework calls {@link #check}, {@link #outline}, {@link #refusesChange} and {@link #requires} while it plans, before any
 * weight is loaded and possibly many times; they must be fast, must not touch a native library and must depend on their
 * arguments alone. It calls {@link #run} when all that was required is there.
 *
 * <p><b>Parameters</b> are a record of plain values: numbers, booleans, {@link String}, enums, {@link java.nio.file.Path},
 * {@link java.util.List}, {@link java.util.Map} from {@code String}, {@link java.util.Optional}, further records, sealed
 * interfaces of records (see {@link Inline}), {@link DataRef} and {@link StepRef}. A component {@code kNeighbors} is the key
 * {@code k_neighbors}. Annotations say the rest: {@link Description}, {@link DefaultValue}, {@link Layer}, {@link Example},
 * and the ranges of {@code jakarta.validation.constraints} ({@code Min}, {@code Max}, {@code DecimalMin}, {@code DecimalMax},
 * {@code Size}).
 *
 * <p><b>Results</b> are a record of values, lists, maps, records and the parts of {@link io.arrakis.api.result}. A result is
 * written and read back by structure: a component of another class loader's record is found by its name.
 *
 * @param <P> the parameters
 * @param <R> the result
 */
@Stable
public interface Operation<P extends Record, R extends Record> {

    /**
     * Reports what is wrong with parameters that have the right types and ranges, against the model and the data.
     *
     * @param params   the parameters; what comes from an earlier step is described by its outline only
     * @param planning what is known before anything runs
     * @param problems takes what is wrong, by the name of the parameter
     */
    default void check(P params, Planning planning, Problems problems) {}

    /**
     * Says what is known of the result before it exists, for the steps that will read it: a record of plain values such as
     * the layers and the number of components.
     *
     * @return a record, or null where there is nothing to say
     */
    default Record outline(P params, Planning planning) {
        return null;
    }

    /**
     * Says why results would be wrong where a step changes a hook point in the forward passes. An operation that computes for
     * itself what the model computes there cannot know of the change, and refuses it; most read what the changed model gives.
     *
     * @param changed one of the model's hook points
     * @return why, as a sentence without a full stop; nothing where results are those of the changed model
     */
    default Optional<String> refusesChange(P params, HookName changed, Planning planning) {
        return Optional.empty();
    }

    /** Returns all that {@link #run} will read: activations, weights, further passes. */
    Requirements requires(P params, Planning planning);

    /**
     * Does the work.
     *
     * @param params  the parameters
     * @param inputs  what was required; open until this method returns
     * @param context the framework's services
     * @return the result; NaN and infinite numbers in it are refused unless its component is marked {@link
     *     io.arrakis.api.result.MayBeUndefined}
     */
    R run(P params, Inputs inputs, OperationContext context);
}
