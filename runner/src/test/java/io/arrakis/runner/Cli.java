package io.arrakis.runner;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.runner.render.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a command printed in this process, and how it ended.
 *
 * @param status the exit status
 * @param out    its standard output
 * @param err    its standard error
 */
record Cli(int status, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static {
        // Kept between runs of the tests, and apart from the user's.
        System.setProperty(
                "arrakis.cache",
                Path.of("target", "test-cache").toAbsolutePath().toString());
    }

    /** Runs a command whose streams are no terminals. */
    static Cli run(String... arguments) {
        return run(false, Map.of(), arguments);
    }

    /** Runs a command whose standard error is a terminal, or not. */
    static Cli run(boolean terminal, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        boolean quiet = Main.isQuiet(List.of(arguments));
        Console console = Console.on(stream(out), stream(err), terminal, environment, quiet);
        int status = new CommandLines(console).run(arguments);
        return new Cli(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Returns the one document that stands on the standard output. */
    JsonNode document() {
        return document(out);
    }

    /** Returns the one document of a text; text after it is an error. */
    static JsonNode document(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
