package io.arrakis.runtime.plugin;

import io.arrakis.api.ToolPlugin;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSource;
import io.arrakis.api.sweep.SweepExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the class path and the plug-in folders offer, by name, and all that is broken, with the reason.
 *
 * <p>Reading it makes one object per provider, touches no native library and makes no Guice injector. Immutable; safe to use
 * from several threads. Closing it closes the jars of the folders.
 */
public final class PluginCatalog implements AutoCloseable {

    private final Map<String, Provided<Tool>> tools;
    private final Map<String, Provided<DatasetSource<?>>> dataSources;
    private final Map<String, Provided<ModelFamily>> modelFamilies;
    private final Map<String, Provided<ModelSource>> modelSources;
    private final Map<String, Provided<SweepExecutor>> sweepExecutors;
    private final List<Broken> broken;
    private final List<Realm> realms;

    private PluginCatalog(Reader reader) {
        this.tools = reader.tools.settle(reader.broken::add);
        this.dataSources = reader.dataSources.settle(reader.broken::add);
        this.modelFamilies = reader.modelFamilies.settle(reader.broken::add);
        this.modelSources = reader.modelSources.settle(reader.broken::add);
        this.sweepExecutors = reader.sweepExecutors.settle(reader.broken::add);
        reader.broken.sort(Comparator.comparing((Broken entry) -> entry.origin().location())
                .thenComparing(Broken::reason));
        this.broken = List.copyOf(reader.broken);
        this.realms = List.copyOf(reader.realms);
    }

    /** Reads the class path of the application and the plug-in folders. Reads no provider's class twice. */
    public static PluginCatalog discover(PluginPath path) {
        return discover(path, PluginCatalog.class.getClassLoader());
    }

    static PluginCatalog discover(PluginPath path, ClassLoader application) {
        Reader reader = new Reader();
        reader.realms.add(Realm.builtIn(application));
        reader.realms.addAll(new PluginFolders(application, reader.broken::add).realms(path));
        reader.realms.forEach(reader::read);
        return new PluginCatalog(reader);
    }

    /** Returns the tools, sorted by name. */
    public Collection<Tool> tools() {
        return tools.values().stream().map(Provided::value).toList();
    }

    /** Returns a tool. */
    public Optional<Tool> tool(String name) {
        return Optional.ofNullable(tools.get(name)).map(Provided::value);
    }

    /** Returns an operation by its full name, {@code tool.operation}. */
    public Optional<OperationType> operation(String fullName) {
        int dot = fullName.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : tool(fullName.substring(0, dot)).map(tool -> tool.operations().get(fullName.substring(dot + 1)));
    }

    /** Returns the data sources by name, sorted. */
    public Map<String, Provided<DatasetSource<?>>> dataSources() {
        return Collections.unmodifiableMap(dataSources);
    }

    /** Returns the model families by {@code model_type}, sorted. A family with several types is there once for each. */
    public Map<String, Provided<ModelFamily>> modelFamilies() {
        return Collections.unmodifiableMap(modelFamilies);
    }

    /** Returns the model sources by kind, sorted. */
    public Map<String, Provided<ModelSource>> modelSources() {
        return Collections.unmodifiableMap(modelSources);
    }

    /** Returns what starts workers of sweeps, by name, sorted. */
    public Map<String, Provided<SweepExecutor>> sweepExecutors() {
        return Collections.unmodifiableMap(sweepExecutors);
    }

    /** Returns what cannot be used, sorted by where it came from. */
    public List<Broken> broken() {
        return broken;
    }

    /** Returns why something of that name cannot be used, or nothing if there is no broken thing of that name. */
    public Optional<Broken> broken(String what, String name) {
        return broken.stream()
                .filter(entry -> entry.what().equals(what) && entry.names().contains(name))
                .findFirst();
    }

    @Override
    public void close() {
        for (Realm realm : realms) {
            if (!realm.isBuiltIn() && realm.loader() instanceof URLClassLoader loader) {
                close(loader);
            }
        }
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects what the realms offer. */
    private static final class Reader {
        private final List<Realm> realms = new ArrayList<>();
        private final List<Broken> broken = new ArrayList<>();
        private final Registry<Tool> tools = new Registry<>("tool");
        private final Registry<DatasetSource<?>> dataSources = new Registry<>("data source");
        private final Registry<ModelFamily> modelFamilies = new Registry<>("model family");
        private final Registry<ModelSource> modelSources = new Registry<>("model source");
        private final Registry<SweepExecutor> sweepExecutors = new Registry<>("sweep executor");
        private final ToolReader toolReader = new ToolReader(tools::add, broken::add);

        private void read(Realm realm) {
            ProviderScan scan = new ProviderScan(broken::add);
            int found = scan.scan(ToolPlugin.class, "tool", realm, toolReader::read);
            found += scan.scan(
                    DatasetSource.class,
                    "data source",
                    realm,
                    (source, origin) -> addAll(dataSources, List.of(source.name()), source, origin));
            found += scan.scan(
                    ModelFamily.class,
                    "model family",
                    realm,
                    (family, origin) -> addAll(modelFamilies, family.modelTypes(), family, origin));
            found += scan.scan(
                    ModelSource.class,
                    "model source",
                    realm,
                    (source, origin) -> addAll(modelSources, List.of(source.kind()), source, origin));
            found += scan.scan(
                    SweepExecutor.class,
                    "sweep executor",
                    realm,
                    (executor, origin) -> addAll(sweepExecutors, List.of(executor.name()), executor, origin));
            if (found == 0 && !realm.isBuiltIn()) {
                String reason = "its jars offer nothing: none has a file META-INF/services/"
                        + ToolPlugin.class.getName() + " or the like";
                broken.add(Broken.because("plug-in", List.of(), Origin.of(realm), reason));
            }
        }

        private static <T> void addAll(Registry<T> registry, Collection<String> names, T value, Origin origin) {
            names.forEach(name -> registry.add(new Provided<>(name, value, origin)));
        }
    }
}
