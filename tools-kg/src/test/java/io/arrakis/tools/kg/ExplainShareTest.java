package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code explain_share} says of texts that it cannot use, and of positions that it cannot see. */
class ExplainShareTest {

    private static final List<String> WORDS = List.of("cat", "dog", "cow", "hen", "pig", "rat", "the", "a");

    @TempDir
    private Path directory;

    private Outcome run(String with) {
        return TestExperiment.in(directory)
                .model("tiny", TinyModel.gpt2(TinyModel.Size.SMALL, WORDS, 5))
                .run("""
                        name: explain
                        seed: 7
                        model: tiny
                        data: {texts: {source: text, path: texts.txt}}
                        steps:
                          subspaces:
                            use: kg_extractor.extract_relational_subspaces
                            with: {layer_idx: 0, %s}
                        """.formatted(with));
    }

    private void texts(String line, int count) throws IOException {
        Files.write(directory.resolve("texts.txt"), Collections.nCopies(count, line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"describe: true", "explain_share: 0.7"})
    void refusesContextsOfOneToken(String what) throws IOException {
        texts("cat", 3);
        assertThat(run(what + ", contexts: \"${data.texts}\"").problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("DATA-UNFIT")
                        .contains("none of the 3 texts has two tokens"));
    }

    @Test
    void saysHowManyContextsWereUsed() throws IOException {
        texts("cat dog cow hen pig rat the a cat dog cow hen pig rat the a", 600);
        Outcome outcome = run("explain_share: 0.7, contexts: \"${data.texts}\"");
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("subspaces", RelationalSubspaces.class).warnings())
                .containsExactly("the first 512 of 600 contexts were used, since together they have up to 8192 tokens");
    }

    @Test
    void saysThatPairsCountAsIfAtOneDistance() throws IOException {
        Goldens.FAMILIES.copy("llama", Files.createDirectory(directory.resolve("llama")));
        Outcome outcome = TestExperiment.in(directory).run("""
                name: explain
                seed: 7
                model: llama
                steps:
                  subspaces:
                    use: kg_extractor.extract_relational_subspaces
                    with: {layer_idx: 0, relative_position: 2, explain_share: 0.7}
                """);
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("subspaces", RelationalSubspaces.class).warnings())
                .singleElement()
                .asString()
                .contains("as they would be if all pairs stood at relative_position");
    }
}
