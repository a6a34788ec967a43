package io.arrakis.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the documentation, whose code is compiled and run. */
record Page(String text) {

    static Page named(String name) throws IOException {
        return new Page(Files.readString(Path.of("..", "docs", name)));
    }

    /** Returns the blocks of a language, in their order. */
    List<String> blocks(String language) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
