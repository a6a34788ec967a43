package io.arrakis.runtime.spec;

import io.arrakis.api.data.DatasetSource;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.spec.form.Parameters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What experiments can say: the tools and data sources of a catalogue with their parameters, each read when first asked for. */
public final class Vocabulary {

    private final PluginCatalog catalog;
    private final Map<Class<? extends Record>, Parameters> parameters = new ConcurrentHashMap<>();

    /** Makes the vocabulary of a catalogue. */
    public Vocabulary(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /** Returns the tools and data sources. */
    public PluginCatalog catalog() {
        return catalog;
    }

    /**
     * Returns the parameters of an operation.
     *
     * @throws UnreadableParametersException if their record cannot be understood: the plug-in is broken
     */
    public Parameters parameters(OperationType operation) {
        return parameters(operation.parameters(), operation.fullName());
    }

    /**
     * Returns the parameters of a data source.
     *
     * @throws UnreadableParametersException if their record cannot be understood: the plug-in is broken
     */
    public Parameters parameters(DatasetSource<?> source) {
        return parameters(source.parameters(), source.name());
    }

    private Parameters parameters(Class<? extends Record> type, String owner) {
        try {
            return parameters.computeIfAbsent(type, Parameters::of);
        } catch (IllegalArgumentException | LinkageError e) {
            throw new UnreadableParametersException(owner, e);
        }
    }

    /** A record of parameters that cannot be understood. */
    public static final class UnreadableParametersException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableParametersException(String owner, Throwable cause) {
            super("the parameters of " + owner + " cannot be understood: " + cause.getMessage(), cause);
        }
    }
}
