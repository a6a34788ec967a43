package io.arrakis.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.runtime.run.PlantedPlugin.SumRows;
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
        Path said = temp.resolve("peak-" + texts);
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+AlwaysPreTouch",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                        property("org.bytedeco.javacpp.cachedir"),
                        property("DJL_CACHE_DIR"),
                        property("ai.djl.offline"),
                        property("OPT_OUT_TRACKING"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Summing.class.getName(),
                        Files.createDirectory(temp.resolve("run-" + texts)).toString(),
                        Integer.toString(texts),
                        said.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isZero();
        return Long.parseLong(Files.readString(said));
    }

    private static String property(String name) {
        return "-D" + name + "=" + System.getProperty(name);
    }

    /** The other process: runs an experiment over so many texts, and says how much memory it took at most. */
    static final class Summing {

        private static final int FEWEST_WORDS = 4;
        private static final int MOST_WORDS = 40;

        private Summing() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            int texts = Integer.parseInt(arguments[1]);
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
            Files.writeString(Path.of(arguments[2]), Long.toString(peakKib()));
        }

        private static long peakKib() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
