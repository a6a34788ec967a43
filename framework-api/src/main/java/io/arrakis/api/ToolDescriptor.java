package io.arrakis.api;

import io.arrakis.api.operation.Operation;
import io.arrakis.api.stability.Stable;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named group of operations, such as {@code k_prober}.
 *
 * @param name       lower case, digits and underscores, beginning with a letter; the part before the dot in {@code use:}
 * @param summary    one sentence for {@code arrakis tools}
 * @param operations the operations, each named after its class in snake case: {@code PolysemanticScore} is
 *                   {@code polysemantic_score}
 */
@Stable
public record ToolDescriptor(String name, String summary, List<Class<? extends Operation<?, ?>>> operations) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** Checks the name and copies the list. */
    public ToolDescriptor {
        Objects.requireNonNull(summary, "summary");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("tool name '" + name
                    + "' must begin with a lower case letter and hold only lower case letters, digits and underscores");
        }
        operations = List.copyOf(operations);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("tool '" + name + "' names no operation");
        }
    }

    /** Describes a tool by its name, a sentence about it and its operations. */
    @SafeVarargs
    @SuppressWarnings("varargs") // copied, never written to
    public static ToolDescriptor named(String name, String summary, Class<? extends Operation<?, ?>>... operations) {
        return new ToolDescriptor(name, summary, List.of(operations));
    }
}
