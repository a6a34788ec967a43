package io.arrakis.runtime.plugin;

import io.arrakis.api.ApiVersion;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import io.arrakis.api.operation.Operation;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks a plug-in for its tools. */
final class ToolReader {

    private static final String WHAT = "tool";

    private final Consumer<Provided<Tool>> tools;
    private final Consumer<Broken> broken;

    ToolReader(Consumer<Provided<Tool>> tools, Consumer<Broken> broken) {
        this.tools = tools;
        this.broken = broken;
    }

    void read(ToolPlugin plugin, Origin origin) {
        Contained.run(
                () -> readTools(plugin, origin),
                thrown -> broken.accept(Broken.threw(WHAT, List.of(), origin, thrown)));
    }

    private void readTools(ToolPlugin plugin, Origin origin) {
        int version = plugin.apiVersion();
        for (ToolDescriptor descriptor : plugin.tools()) {
            List<String> names = List.of(descriptor.name());
            if (version != ApiVersion.CURRENT) {
                broken.accept(Broken.because(WHAT, names, origin, wrongVersion(version)));
            } else {
                Contained.run(
                        () -> tools.accept(tool(descriptor, plugin, origin)),
                        thrown -> broken.accept(Broken.threw(WHAT, names, origin, thrown)));
            }
        }
    }

    private static String wrongVersion(int version) {
        String mend = version < ApiVersion.CURRENT
                ? "get a newer version of it"
                : "get a newer Arrakis, or an older version of it";
        return "it was built against API " + version + " and this is API " + ApiVersion.CURRENT + "; " + mend;
    }

    private static Provided<Tool> tool(ToolDescriptor descriptor, ToolPlugin plugin, Origin origin) {
        Map<String, OperationType> operations = new LinkedHashMap<>();
        for (Class<? extends Operation<?, ?>> type : descriptor.operations()) {
            OperationType operation = operation(descriptor.name(), type, plugin, origin);
            if (operations.put(operation.name(), operation) != null) {
                throw new IllegalArgumentException("two operations are called " + operation.fullName());
            }
        }
        Tool tool = new Tool(
                descriptor.name(), descriptor.summary(), Collections.unmodifiableMap(operations), plugin, origin);
        return new Provided<>(tool.name(), tool, origin);
    }

    private static OperationType operation(
            String tool, Class<? extends Operation<?, ?>> type, ToolPlugin plugin, Origin origin) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw new IllegalArgumentException(
                    type.getName() + " is abstract; an operation is a class that can be made");
        }
        List<Type> arguments = TypeArguments.of(type, Operation.class);
        return new OperationType(
                tool,
                SnakeCase.of(type.getSimpleName()),
                type,
                record(type, arguments.get(0), "parameters"),
                record(type, arguments.get(1), "result"),
                plugin,
                origin);
    }

    private static Class<? extends Record> record(Class<?> operation, Type type, String role) {
        if (type instanceof Class<?> known && known.isRecord()) {
            return known.asSubclass(Record.class);
        }
        throw new IllegalArgumentException(operation.getName() + " does not say of which record its " + role
                + " is; it says " + type.getTypeName());
    }
}
