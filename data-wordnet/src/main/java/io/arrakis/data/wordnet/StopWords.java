package io.arrakis.data.wordnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** Words whose entries in WordNet say little of how they are used: {@code a}, {@code in}, {@code will}. */
final class StopWords {

    private static final String FILE = "stop-words.txt";

    private StopWords() {}

    /** Reads the list, whose comments start with {@code #}. */
    static Set<String> read() {
        try (InputStream in = StopWords.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }
}
