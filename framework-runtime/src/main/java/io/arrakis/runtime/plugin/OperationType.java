package io.arrakis.runtime.plugin;

import io.arrakis.api.ToolPlugin;
import io.arrakis.api.operation.Operation;
import java.util.Objects;

/**
 * An operation that a plug-in offers. Its class is loaded and not initialised; no instance exists yet.
 *
 * @param tool       name of its tool
 * @param name       its own name, the class name in snake case
 * @param type       its class
 * @param parameters the record of its parameters
 * @param result     the record of its result
 * @param plugin     whose Guice module makes it
 * @param origin     where it came from
 */
public record OperationType(
        String tool,
        String name,
        Class<? extends Operation<?, ?>> type,
        Class<? extends Record> parameters,
        Class<? extends Record> result,
        ToolPlugin plugin,
        Origin origin) {

    /** Checks that nothing is null. */
    public OperationType {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(origin, "origin");
    }

    /** Returns what stands behind {@code use:}, such as {@code k_prober.polysemantic_score}. */
    public String fullName() {
        return tool + "." + name;
    }
}
