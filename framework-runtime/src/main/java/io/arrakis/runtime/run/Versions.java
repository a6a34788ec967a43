package io.arrakis.runtime.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Versions of what computes. */
final class Versions {

    private static final String UNKNOWN = "unknown";
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Versions() {}

    /** Returns the versions by name, in the order of the manifest; they are looked up once. */
    static Map<String, String> all() {
        return Known.ALL;
    }

    /** Looked up at the first use. */
    private static final class Known {
        static final Map<String, String> ALL = Collections.unmodifiableMap(look());
    }

    private static Map<String, String> look() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put(
                "arrakis",
                Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                        .orElse("development"));
        versions.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        versions.put("processor", processor());
        versions.put("djl", property("/ai/djl/engine/api.properties", "djl_version"));
        versions.put("pytorch", property("/native/lib/pytorch.properties", "version"));
        versions.put("nd4j", property("/META-INF/maven/org.nd4j/nd4j-api/pom.properties", "version"));
        return versions;
    }

    private static String property(String resource, String key) {
        try (InputStream stream = Versions.class.getResourceAsStream(resource)) {
            if (stream == null) {
                return UNKNOWN;
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty(key, UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
