package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.sweep.TrialRunner;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.InductionModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment whose answer is known finds it, and its model is the one that the test kit makes. */
class InductionTest {

    private static final Path MODEL = Path.of("models", "induction");

    @TempDir
    Path temp;

    private record Heads(Estimate induction, Estimate previousToken) {}

    private record Effects(Estimate best, Optional<Estimate> otherPair, String bestSite, double largestSlip) {}

    private record Lens(int agreesFrom) {}

    @Test
    void findsWhatWasPlanted() {
        Outcome outcome = TrialRunner.find()
                .run(new TrialRunner.Request(
                        Path.of("induction.yaml").toAbsolutePath(), temp.resolve("runs"), temp.resolve("cache")));
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.status()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("where_heads_look", Heads.class).induction().value())
                .isCloseTo(0.95, within(0.002));
        assertThat(outcome.result("where_heads_look", "random_model", Heads.class)
                        .induction()
                        .value())
                .isLessThan(0.2);
        assertThat(outcome.result("what_layers_say", Lens.class).agreesFrom()).isEqualTo(2);
        Effects heads = outcome.result("which_heads_matter", Effects.class);
        assertThat(heads.bestSite()).isEqualTo("block 1, head 0");
        assertThat(heads.best().value()).isCloseTo(1, within(1e-4));
        assertThat(heads.otherPair().orElseThrow().value()).isLessThan(0.6);
    }

    @Test
    void theModelIsTheOneThatTheTestKitMakes() throws IOException {
        Path made = InductionModel.make().write(temp.resolve("made"));
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            assertThat(Files.mismatch(made.resolve(file), MODEL.resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }
}
