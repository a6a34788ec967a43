package io.arrakis.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.runtime.run.PlantedPlugin.SumRows;
import io.arrakis.testkit.PeakMemory;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ten times as many texts take less than a tenth more memory at most, in a Java of their own with a small heap. */
class DataMemoryTest {

    private static final int TEXTS = 4000;
    private static final int HEAP_MIB = 64;
    private static final double ALLOWED = 1.1;
    private static final List<String> WORDS = List.of("the", "cat", "dog", "sat", "on", "mat", "a", "house");
    private static final TinyModel.Size SIZE = new TinyModel.Size(2, 128, 4, 512, 64);

    @TempDir
    private Path temp;

    @Tag("full")
    @Test
    @EnabledOnOs(OS.LINUX)
    void tenTimesTheTextsTakeLessThanATenthMoreMemory() throws Exception {
        long few = peakKib(TEXTS);
        long many = peakKib(10 * TEXTS);
        assertThat((double) many / few)
                .as("%d KiB with %d texts, %d KiB with %d", few, TEXTS, many, 10 * TEXTS)
                .isLessThan(ALLOWED);
    }

    private long peakKib(int texts) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(temp.resolve("run-" + texts));
        return PeakMemory.kibOf(
                Summing.class, HEAP_MIB, temp.resolve("peak-" + texts), directory.toString(), Integer.toString(texts));
    }

    /** The other process: runs an experiment over so many texts, and says how much memory it took at most. */
    static final class Summing {

        private static final int FEWEST_WORDS = 4;
        private static final int MOST_WORDS = 40;

        private Summing() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[1]);
            int texts = Integer.parseInt(arguments[2]);
            Random random = new Random(1);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < texts; i++) {
                int words = FEWEST_WORDS + random.nextInt(MOST_WORDS - FEWEST_WORDS);
                for (int word = 0; word < words; word++) {
                    lines.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
                }
                lines.append('\n');
            }
            SumRows.Sum sum = TestExperiment.in(directory)
                    .model("tiny", TinyModel.bert(SIZE, WORDS, 1))
                    .file("texts.txt", lines.toString())
                    .finish("""
                            name: test
                            seed: 7
                            model: ./tiny
                            data:
                              texts: {source: text, path: texts.txt}
                            steps:
                              sum:
                                use: planted.sum_rows
                                with: {layer_idx: 2, texts: "${data.texts}"}
                            """)
                    .result("sum", SumRows.Sum.class);
            if (!Double.isFinite(sum.sum()) || sum.rows() < (long) FEWEST_WORDS * texts) {
                throw new IllegalStateException("the sum is " + sum);
            }
            PeakMemory.say(Path.of(arguments[0]));
        }
    }
}
