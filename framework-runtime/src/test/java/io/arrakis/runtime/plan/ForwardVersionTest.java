package io.arrakis.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Ties the version of the forward pass, which is part of every key of the activation cache, to the code that decides its numbers.
 *
 * <p>A hash of numbers would not do: their last bits differ between processors, and hashes of rounded numbers miss what changes
 * last bits alone. So the code itself is held against what was recorded, without comments, imports and white space, and the
 * version of libtorch with it.
 */
class ForwardVersionTest {
    private static final Path RECORD =
            Path.of("src", "test", "resources", "io", "arrakis", "runtime", "plan", "forward-code.properties");
    private static final String MODEL = "io/arrakis/runtime/model/";
    private static final String COMMENTS = "(?s:/\\*.*?\\*/)|(?m:^\\s*(//|#).*$)|(?m:^(import|package) .*$)|\\s+";

    @Test
    void changesWithTheCodeOfTheForwardPass() throws Exception {
        Map<String, String> recorded = recorded();
        Map<String, String> actual = new TreeMap<>();
        for (String name : recorded.keySet()) {
            actual.put(name, value(name));
        }
        assertThat(actual)
                .as(
                        "the code of the forward pass changed. If any bit of its numbers may have: raise"
                                + " NumericSetup.FORWARD_VERSION. Then record what is there now in %s",
                        RECORD)
                .isEqualTo(recorded);
    }

    private static Map<String, String> recorded() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(RECORD)) {
            properties.load(reader);
        }
        Map<String, String> recorded = new TreeMap<>();
        properties.forEach((name, value) -> recorded.put(name.toString(), value.toString()));
        assertThat(recorded).hasSizeGreaterThan(15).containsKeys("version", "libtorch");
        return recorded;
    }

    private static String value(String name) throws Exception {
        return switch (name) {
            case "version" -> Integer.toString(NumericSetup.FORWARD_VERSION);
            case "libtorch" -> libtorch();
            default -> hash(name);
        };
    }

    private static String libtorch() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = NumericSetup.class.getResourceAsStream("/native/lib/pytorch.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private static String hash(String name) throws Exception {
        String folder = name.endsWith(".py") ? "resources" : "java";
        String source = Files.readString(Path.of("src", "main", folder).resolve(MODEL + name));
        String code = source.replaceAll(COMMENTS, "");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 8);
    }
}
