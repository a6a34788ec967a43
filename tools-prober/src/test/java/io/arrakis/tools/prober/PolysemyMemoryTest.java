package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.testkit.PeakMemory;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory of a polysemy run on ten times the corpus, in a Java of its own with a small heap. The large corpus has 350 MiB more of
 * vectors, so that a run that holds them fails.
 */
class PolysemyMemoryTest {

    private static final int TEXTS = 4000;
    private static final int HEAP_MIB = 128;
    private static final double ALLOWED = 0.5;
    private static final int WIDTH = 128;
    private static final TinyModel.Size SIZE = new TinyModel.Size(2, WIDTH, 4, 256, 64);

    @TempDir
    private Path temp;

    @Tag("full")
    @Test
    @EnabledOnOs(OS.LINUX)
    void ofTenTimesTheCorpusTheVectorsAreNotHeld() throws Exception {
        long few = peakKib(TEXTS);
        long many = peakKib(10 * TEXTS);
        long moreVectorsKib = 9L * TEXTS * Scoring.WORDS_OF_TEXT * WIDTH * Float.BYTES / 1024;
        assertThat((double) (many - few) / moreVectorsKib)
                .as("%d KiB with %d texts, %d KiB with %d", few, TEXTS, many, 10 * TEXTS)
                .isLessThan(ALLOWED);
    }

    private long peakKib(int texts) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(temp.resolve("run-" + texts));
        return PeakMemory.kibOf(
                Scoring.class, HEAP_MIB, temp.resolve("peak-" + texts), directory.toString(), Integer.toString(texts));
    }

    /** The other process: scores words over so many texts, and says how much memory it took at most. */
    static final class Scoring {

        private static final int WORDS_OF_TEXT = 20;
        private static final List<String> WORDS = IntStream.range(0, 200)
                .mapToObj(i -> "w" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
                .toList();

        private Scoring() {}

        public static void main(String[] arguments) throws IOException {
            int texts = Integer.parseInt(arguments[2]);
            PolysemyScores scores = TestExperiment.in(Path.of(arguments[1]))
                    .model("tiny", TinyModel.bert(SIZE, WORDS, 1))
                    .file("texts.txt", lines(texts))
                    .finish("""
                            name: test
                            seed: 7
                            model: ./tiny
                            data:
                              texts: {source: text, path: texts.txt}
                            steps:
                              senses:
                                use: k_prober.polysemantic_score
                                with: {layer_idx: 2, contexts: "${data.texts}", max_occurrences: 10, static_neighbors: 50}
                            """)
                    .result("senses", PolysemyScores.class);
            if (scores.scored() != WORDS.size()) {
                throw new IllegalStateException(scores.scored() + " words are scored");
            }
            PeakMemory.say(Path.of(arguments[0]));
        }

        private static String lines(int texts) {
            Random random = new Random(1);
            return IntStream.range(0, texts)
                    .mapToObj(text -> IntStream.range(0, WORDS_OF_TEXT)
                            .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                            .collect(Collectors.joining(" ")))
                    .collect(Collectors.joining("\n"));
        }
    }
}
