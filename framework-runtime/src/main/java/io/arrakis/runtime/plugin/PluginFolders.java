package io.arrakis.runtime.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes a class loader for each folder of a plug-in. */
final class PluginFolders {

    private static final String JAR = ".jar";

    private final ClassLoader framework;
    private final Consumer<Broken> broken;
    private final Set<Path> seen = new HashSet<>();

    PluginFolders(ClassLoader framework, Consumer<Broken> broken) {
        this.framework = framework;
        this.broken = broken;
    }

    /** Returns the folders of all roots, each folder once, in the order of the roots and of their names. */
    List<Realm> realms(PluginPath path) {
        List<Realm> realms = new ArrayList<>();
        for (Path root : path.roots()) {
            if (Files.isDirectory(root)) {
                addFolders(root, realms);
            }
        }
        return realms;
    }

    private void addFolders(Path root, List<Realm> realms) {
        try {
            for (Path entry : sorted(root)) {
                if (Files.isDirectory(entry)) {
                    addFolder(entry, realms);
                } else if (entry.toString().endsWith(JAR)) {
                    reject(entry, "it lies beside the folders of the plug-ins; move it into a folder of its own");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            reject(root, "the directory cannot be read: " + e.getMessage());
        }
    }

    private void addFolder(Path folder, List<Realm> realms) throws IOException {
        if (!seen.add(folder.toRealPath()) || folder.getFileName().toString().startsWith(".")) {
            return;
        }
        List<Path> jars = sorted(folder).stream()
                .filter(file -> file.toString().endsWith(JAR))
                .toList();
        if (jars.isEmpty()) {
            reject(folder, "there is no jar in the folder");
            return;
        }
        String name = folder.getFileName().toString();
        PluginClassLoader loader = new PluginClassLoader(name, urls(jars), framework);
        Optional<String> twice = ProviderNames.twice(loader);
        if (twice.isPresent()) {
            loader.close();
            reject(folder, twice.get());
        } else {
            realms.add(Realm.folder(folder, loader));
        }
    }

    private void reject(Path path, String reason) {
        Origin origin = new Origin(String.valueOf(path.getFileName()), path.toString(), "unversioned", framework);
        broken.accept(Broken.because("plug-in", List.of(), origin, reason));
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }
}
