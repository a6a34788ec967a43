package io.arrakis.api;

import com.google.inject.Binder;
import com.google.inject.Module;
import io.arrakis.api.stability.Stable;
import java.util.List;

/**
 * The entry of a tool plug-in, named in {@code META-INF/services/io.arrakis.api.ToolPlugin}.
 *
 * <p>An implementation must have a public constructor without arguments that does no work, must answer the three methods
 * with the same values each time, and must not touch a native library before one of its operations runs. It should bring
 * the libraries it needs beside its jar; the packages of the API and what the API exposes come from the framework.
 *
 * <p>A plug-in that throws, or that was built against another API, is listed as broken by {@code arrakis tools} with the
 * reason; only an experiment that names one of its tools fails.
 */
@Stable
public interface ToolPlugin {

    /** Returns {@link ApiVersion#CURRENT}, always: the compiler copies its value into the plug-in. */
    int apiVersion();

    /** Returns the tools of this plug-in, at least one. */
    List<ToolDescriptor> tools();

    /**
     * Returns the Guice module from which the operations of this plug-in are made. It is installed once per process, in a
     * child injector of the plug-in's own. What touches a native library must be bound as a provider.
     */
    default Module bindings() {
        return (Binder binder) -> {};
    }
}
