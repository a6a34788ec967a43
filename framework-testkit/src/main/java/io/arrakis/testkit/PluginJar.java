package io.arrakis.testkit;

import com.google.inject.Module;
import io.arrakis.api.ToolPlugin;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;

/**
 * A jar that a test compiles from a few lines, as the jar of a plug-in or of a library that it brings. Needs a JDK.
 */
public final class PluginJar {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> stubs = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<String> withoutClasses = new ArrayList<>();
    private final List<Path> libraries = new ArrayList<>();
    private String version = "";

    /** Adds a class. */
    public PluginJar source(String className, String code) {
        sources.put(className, code);
        return this;
    }

    /** Adds a class to compile against that does not come into the jar. */
    public PluginJar stub(String className, String code) {
        stubs.put(className, code);
        return this;
    }

    /** Compiles against a jar too. */
    public PluginJar library(Path jar) {
        libraries.add(jar);
        return this;
    }

    /** Names providers of a service. */
    public PluginJar service(Class<?> service, String... providers) {
        return service(service.getName(), providers);
    }

    /** Names providers of a service that is itself in the jar. */
    public PluginJar service(String service, String... providers) {
        services.put("META-INF/services/" + service, String.join("\n", providers));
        return this;
    }

    /** Writes a version into the manifest. */
    public PluginJar version(String number) {
        version = number;
        return this;
    }

    /** Leaves a compiled class out of the jar. */
    public PluginJar without(String className) {
        withoutClasses.add(className);
        return this;
    }

    /**
     * Compiles and writes the jar; its directory is made.
     *
     * @throws AssertionError with what the compiler says, if a source does not compile
     */
    public Path write(Path jar) {
        try {
            Path classes = Files.createTempDirectory("plugin-classes");
            if (!sources.isEmpty()) {
                compile(classes);
            }
            Files.createDirectories(jar.getParent());
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest())) {
                addClasses(classes, entries);
                for (Map.Entry<String, String> service : services.entrySet()) {
                    add(entries, service.getKey(), service.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<JavaFileObject> units = new ArrayList<>();
        Stream.of(sources, stubs).forEach(map -> map.forEach((name, code) -> units.add(unit(name, code))));
        List<String> options = List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none", "-nowarn");
        boolean compiled =
                compiler.getTask(messages, null, null, options, null, units).call();
        if (!compiled) {
            throw new AssertionError(messages.toString());
        }
    }

    /** What the sources of tests name; the whole class path would be slow to search. */
    private String classPath() {
        return Stream.concat(
                        Stream.of(
                                        ToolPlugin.class,
                                        Module.class,
                                        Inject.class,
                                        Min.class,
                                        Logger.class,
                                        INDArray.class,
                                        PluginJar.class)
                                .map(PluginJar::jarOf),
                        libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JavaFileObject unit(String className, String code) {
        URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }

    private Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!version.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        return manifest;
    }

    private void addClasses(Path classes, JarOutputStream entries) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                String className = name.replace('/', '.').replaceAll("\\.class$", "");
                if (!stubs.containsKey(className) && !withoutClasses.contains(className)) {
                    add(entries, name, Files.readAllBytes(file));
                }
            }
        }
    }

    private static void add(JarOutputStream entries, String name, byte[] content) throws IOException {
        entries.putNextEntry(new ZipEntry(name));
        entries.write(content);
        entries.closeEntry();
    }
}
