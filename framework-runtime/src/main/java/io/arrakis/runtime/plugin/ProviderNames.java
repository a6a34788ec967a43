package io.arrakis.runtime.plugin;

import io.arrakis.api.ToolPlugin;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSource;
import io.arrakis.api.sweep.SweepExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers that the jars of one folder name. */
final class ProviderNames {

    private static final List<Class<?>> SERVICES =
            List.of(ToolPlugin.class, DatasetSource.class, ModelFamily.class, ModelSource.class, SweepExecutor.class);

    private ProviderNames() {}

    /** Returns what is wrong if two jars name one provider, as two versions of a plug-in do: one would hide the other. */
    static Optional<String> twice(URLClassLoader folder) throws IOException {
        for (Class<?> service : SERVICES) {
            Map<String, String> jars = new HashMap<>();
            for (URL file : Collections.list(folder.findResources("META-INF/services/" + service.getName()))) {
                String jar = jar(file);
                for (String provider : providers(file)) {
                    String other = jars.putIfAbsent(provider, jar);
                    if (other != null && !other.equals(jar)) {
                        return Optional.of(other + " and " + jar + " both name " + provider
                                + "; delete one of them, the older one where they are two versions");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String jar(URL file) throws IOException {
        String jar = ((JarURLConnection) file.openConnection()).getJarFileURL().getPath();
        return jar.substring(jar.lastIndexOf('/') + 1);
    }

    private static List<String> providers(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false); // a cached jar would stay open
        try (InputStream bytes = connection.getInputStream()) {
            String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }
}
