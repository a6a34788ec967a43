package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.TestExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of a tokenizer that has tokens with and without a space in front, which here has no "the" without one. */
class SpacedTokensTest {

    @TempDir
    private Path directory;

    private Outcome run(String tokens, String words) throws IOException {
        Goldens.FAMILIES.copy("gpt2", Files.createDirectory(directory.resolve("gpt2")));
        Files.writeString(directory.resolve("words.txt"), words);
        return TestExperiment.in(directory).run("""
                name: spaces
                seed: 7
                model: gpt2
                data: {words: {source: text, path: words.txt}}
                steps:
                  subspaces:
                    use: kg_extractor.extract_relational_subspaces
                    with: {layer_idx: 0}
                  projected:
                    use: kg_extractor.project_token_embeddings
                    with: {subspaces: "${steps.subspaces}", token_ids: %s}
                """.formatted(tokens));
    }

    @Test
    void tellsTokensOfOneWordApart() throws IOException {
        Outcome outcome = run("[65, 260, 66]", "a");
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("projected", TokenProjections.class).tokens().cells("token"))
                .containsExactly("a", "\u0120a", "b");
    }

    @Test
    void saysWhichWordsOfADataSetNeedASpace() throws IOException {
        Outcome outcome = run("\"${data.words}\"", "a\nb\nthe\nand\nzzz\n");
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("projected", TokenProjections.class).warnings())
                .containsExactly(
                        "3 words are not one token of this model and were left out; 2 of them, such as 'the', are"
                                + " one token after a space: list them in the experiment, or write source: embedding");
    }

    @Test
    void saysSoWhereNoWordIsLeft() throws IOException {
        assertThat(run("\"${data.words}\"", "the\nand\nare\n").problems()).anySatisfy(problem -> assertThat(
                        problem.toString())
                .contains("0 tokens are left; left out: the, and, are; 3 of them, such as 'the', are one token"));
    }
}
