package io.arrakis.runtime.spec;

import io.arrakis.runtime.plugin.TestCatalogs;
import io.arrakis.runtime.spec.form.Bound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Experiments that tests write and read. */
final class Specs {

    static final Vocabulary VOCABULARY = new Vocabulary(TestCatalogs.withTools(SamplePlugin.class));

    private Specs() {}

    static Checked read(Path directory, String yaml, String... settings) {
        try {
            Path file = Files.write(directory.resolve("experiment.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
            List<Setting> set = List.of(settings).stream().map(Setting::set).toList();
            return new ExperimentReader(VOCABULARY, ModelLookup.NONE)
                    .read(new ExperimentReader.Request(file, set, OptionalInt.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one step of {@code sample.every_form} with parameters in flow style. */
    static Bound everyForm(Path directory, String with) {
        String yaml = "model: minilm\ndata: {d: {source: inline, texts: [x]}}\n"
                + "steps:\n  s: {use: sample.every_form, with: " + with + "}\n"
                + "  d: {use: sample.find_best}\n";
        return read(directory, yaml).experiment().steps().get("s").parameters();
    }
}
