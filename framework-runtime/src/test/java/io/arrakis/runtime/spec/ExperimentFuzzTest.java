package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages a good file at random: whatever comes of it is an experiment, or problems with places, and never an exception. */
class ExperimentFuzzTest {

    private static final String GOOD = """
            name: senses
            seed: 7
            model: {random: {like: minilm, seed: 3}}
            threads: 4
            data:
              contexts: {source: inline, texts: [one, "two: three", 'it''s'], limit: 2}
              more: &more
                source: inline
                rows:
                  - {text: a, label: "1"}
            controls:
              random_model: {seed: 9}
            steps:
              a: {use: sample.score, with: {layer_idx: 2, contexts: "${data.contexts}"}}
              best: {use: sample.find_best, with: {texts: "${data.more}"}}
              used:
                use: sample.use_best
                with:
                  concept_neuron: ${steps.best.best}
                  more: ["${steps.best.others[0]}", [1, 2]]
              every:
                use: sample.every_form
                with:
                  weights: {a: 1.5, b: .5}
                  threshold: {false_positive_rate: 0.01}
                  pairs: [[a, b], [c, d]]
                  tokens: [cat, 12]
                  text: |
                    a text
            """;

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "\n",
        "  ",
        "\t",
        "-",
        "- ",
        "'",
        "\"",
        "#",
        "&x ",
        "*x",
        "!t ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "${",
        "${data.more}",
        "${steps.a}",
        "${steps.best.best.layer}",
        "$${",
        "<<: ",
        "---\n",
        "...\n",
        "null",
        "~",
        "\u0000",
        "\u0085",
        "\uFEFF",
        "\uD83D\uDE00",
        "\uE000",
        "9999999999999999999999",
        "1e999",
        "-1",
        "true",
        ".nan",
        "steps:",
        "use",
        "\\",
        "\r",
        "\r\n"
    };

    @TempDir
    private Path directory;

    private static String damage(RandomGenerator random) {
        StringBuilder text = new StringBuilder(GOOD);
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes && text.length() > 1; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.replace(at, Math.min(text.length(), at + random.nextInt(30)), "");
                default -> moveLine(text, random);
            }
        }
        return text.toString();
    }

    private static void moveLine(StringBuilder text, RandomGenerator random) {
        List<String> lines = new ArrayList<>(text.toString().lines().toList());
        String line = lines.remove(random.nextInt(lines.size()));
        lines.add(random.nextInt(lines.size() + 1), " ".repeat(random.nextInt(3)) + line);
        text.setLength(0);
        text.append(String.join("\n", lines));
    }

    private void fuzz(long seed, int times) {
        SplittableRandom random = new SplittableRandom(seed);
        int good = 0;
        for (int i = 0; i < times; i++) {
            String yaml = damage(random);
            Checked checked = Specs.read(directory, yaml);
            assertThat(checked.problems()).as(yaml).allSatisfy(problem -> {
                assertThat(problem.message()).isNotBlank();
                assertThat(ProblemText.of(problem)).isNotBlank();
            });
            if (!checked.hasErrors()) {
                good++;
                String resolved = checked.experiment().yaml();
                assertThat(Specs.read(directory, resolved).experiment().yaml())
                        .as(yaml)
                        .isEqualTo(resolved);
            }
        }
        assertThat(good).isBetween(times / 100, times / 2);
    }

    @Test
    void neverThrows() {
        assertThat(Specs.read(directory, GOOD).problems()).isEmpty();
        fuzz(1, 1000);
    }

    @Test
    @Tag("full")
    void neverThrowsInALongRun() {
        fuzz(2, 100_000);
    }
}
