package io.arrakis.runtime.plugin;

import java.util.function.Supplier;

/** Runs code of a plug-in as the code itself expects to be run. */
public final class PluginContext {

    private PluginContext() {}

    /**
     * Runs code with the plug-in's class loader as the context class loader, so that libraries of the plug-in that look for
     * services through it find the plug-in's own, also in threads that the code starts.
     */
    public static <T> T call(Origin origin, Supplier<T> code) {
        return call(origin.loader(), code);
    }

    /**
     * Runs code of a library of the framework that looks through the context class loader, wherever it is called from: the
     * first use of a library may be in the middle of a plug-in's code, whose class loader does not see it.
     */
    public static <T> T callAsFramework(Supplier<T> code) {
        return call(PluginContext.class.getClassLoader(), code);
    }

    private static <T> T call(ClassLoader loader, Supplier<T> code) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
