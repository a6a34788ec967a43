package io.arrakis.runtime.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/**
 * Loads a plug-in: the JDK first, the shared packages from the framework, all else from the plug-in's own jars. Nothing else
 * of the framework is visible, so that a plug-in can bring other versions of the libraries that the framework uses.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader framework;

    PluginClassLoader(String name, URL[] jars, ClassLoader framework) {
        super("plugin " + name, jars, ClassLoader.getPlatformClassLoader());
        this.framework = framework;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return LeakList.hasClass(name) ? framework.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String path) {
        return LeakList.hasResource(path) ? framework.getResource(path) : super.getResource(path);
    }

    @Override
    public Enumeration<URL> getResources(String path) throws IOException {
        return LeakList.hasResource(path) ? framework.getResources(path) : super.getResources(path);
    }
}
