package io.arrakis.runtime.bind;

import com.google.inject.Binder;
import com.google.inject.Binding;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginContext;
import io.arrakis.runtime.plugin.Tool;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes operations. Each plug-in has a child injector of its own, made when one of its operations is first asked for, so that a
 * plug-in whose module throws breaks only what asks for it. Safe for use by several threads.
 */
public final class PluginInjectors {

    private final Injector root = Guice.createInjector(Stage.PRODUCTION, PluginInjectors::strict);
    private final IdentityHashMap<ToolPlugin, Injector> children = new IdentityHashMap<>();

    private static void strict(Binder binder) {
        binder.requireExplicitBindings();
        binder.requireAtInjectOnConstructors();
        binder.requireExactBindingAnnotations();
        binder.disableCircularProxies();
    }

    /**
     * Returns an instance of an operation.
     *
     * @throws ArrakisException with {@code TOOL-BROKEN}, naming plug-in, version and jar, if it cannot be made
     */
    public Operation<?, ?> operation(OperationType type) {
        try {
            return PluginContext.call(
                    type.origin(), () -> injector(type.plugin()).getInstance(type.type()));
        } catch (RuntimeException | LinkageError e) {
            throw broken(type, e);
        }
    }

    /**
     * Returns why no operation of a tool can be made, or nothing where its plug-in's module and bindings are whole. Makes no
     * operation.
     */
    public Optional<String> whyBroken(Tool tool) {
        try {
            PluginContext.call(tool.origin(), () -> injector(tool.plugin()));
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(reason(e));
        }
    }

    private synchronized Injector injector(ToolPlugin plugin) {
        Injector known = children.get(plugin);
        if (known == null) {
            known = root.createChildInjector(plugin.bindings(), new OperationsModule(plugin));
            children.put(plugin, known);
        }
        return known;
    }

    private static ArrakisException broken(OperationType type, Throwable cause) {
        Problem problem = Problem.error(
                ErrorCode.TOOL_BROKEN,
                SourceLocation.of(type.fullName()),
                "it cannot be made: " + reason(cause) + " (plug-in " + type.origin() + ")",
                "see the log, or ask the author of the plug-in");
        return new ArrakisException(List.of(problem), cause);
    }

    /** What Guice found first; its own text begins with a line that says nothing. */
    static String reason(Throwable thrown) {
        return messages(thrown).stream()
                .findFirst()
                .map(message -> message.getCause() == null ? message.getMessage() : threw(message.getCause()))
                .map(PluginInjectors::firstLine)
                .orElseGet(() -> firstLine(threw(thrown)));
    }

    private static Collection<Message> messages(Throwable thrown) {
        if (thrown instanceof CreationException creation) {
            return creation.getErrorMessages();
        } else if (thrown instanceof ConfigurationException configuration) {
            return configuration.getErrorMessages();
        }
        return thrown instanceof ProvisionException provision ? provision.getErrorMessages() : List.of();
    }

    private static String threw(Throwable cause) {
        return "it threw " + cause;
    }

    private static String firstLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(text)
                .strip();
    }

    /** Binds the operations of a plug-in that its own module does not bind. */
    private static final class OperationsModule implements Module {

        private final ToolPlugin plugin;

        OperationsModule(ToolPlugin plugin) {
            this.plugin = plugin;
        }

        @Override
        public void configure(Binder binder) {
            Set<Key<?>> bound = boundByPlugin();
            for (ToolDescriptor tool : plugin.tools()) {
                for (Class<? extends Operation<?, ?>> operation : tool.operations()) {
                    if (bound.add(Key.get(operation))) {
                        binder.bind(operation);
                    }
                }
            }
        }

        private Set<Key<?>> boundByPlugin() {
            Set<Key<?>> keys = new HashSet<>();
            for (Element element : Elements.getElements(plugin.bindings())) {
                if (element instanceof Binding<?> binding) {
                    keys.add(binding.getKey());
                }
            }
            return keys;
        }
    }
}
