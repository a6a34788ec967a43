package io.arrakis.data.wordnet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of all-MiniLM-L6-v2 that are words of the letters a to z, from the tokenizer file that comes with its weights. */
final class MiniLmWords {

    private static final String FILE = "/all-minilm-l6-v2-tokenizer.json";
    private static final Pattern ENTRY = Pattern.compile("\"([a-z]+)\"\\s*:\\s*\\d+");

    private MiniLmWords() {}

    static Set<String> read() {
        try (InputStream in = MiniLmWords.class.getResourceAsStream(FILE)) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Set<String> words = new TreeSet<>();
            Matcher entry = ENTRY.matcher(json.substring(json.indexOf("\"vocab\"")));
            while (entry.find()) {
                words.add(entry.group(1));
            }
            return words;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + FILE, e);
        }
    }
}
