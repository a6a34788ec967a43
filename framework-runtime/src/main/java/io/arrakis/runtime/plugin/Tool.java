package io.arrakis.runtime.plugin;

import io.arrakis.api.ToolPlugin;
import java.util.Map;
import java.util.Objects;

/**
 * A tool that can be used.
 *
 * @param name       its name
 * @param summary    one sentence about it
 * @param operations its operations by their own names, in the order in which the plug-in lists them
 * @param plugin     the plug-in that brings it
 * @param origin     where it came from
 */
public record Tool(
        String name, String summary, Map<String, OperationType> operations, ToolPlugin plugin, Origin origin) {

    /** Checks that nothing is null. */
    public Tool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(operations, "operations");
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(origin, "origin");
    }
}
