package io.arrakis.runtime.plugin;

import io.arrakis.api.ToolPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;

/** Catalogues that do not have the tools of other tests of this module. */
public final class TestCatalogs {

    private TestCatalogs() {}

    /** Returns a catalogue of the class path in which these are the only tools. */
    public static PluginCatalog withTools(Class<?>... plugins) {
        return PluginCatalog.discover(PluginPath.none(), loader(plugins));
    }

    /** Returns the class path as a loader that names these plug-ins alone. */
    static ClassLoader loader(Class<?>... plugins) {
        URL names = services(Arrays.stream(plugins).map(Class::getName).collect(Collectors.joining("\n")));
        return new ClassLoader(TestCatalogs.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.endsWith(ToolPlugin.class.getName())
                        ? Collections.enumeration(List.of(names))
                        : super.getResources(name);
            }
        };
    }

    private static URL services(String names) {
        try {
            Path file = Files.createTempFile("services", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, names).toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
