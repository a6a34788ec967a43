package io.arrakis.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextStoreTest {

    private static final String HALF_A_CHARACTER = "a\ud83d b";

    @TempDir
    private Path temp;

    private static TextRecord text(int example) {
        Random random = new Random(example);
        int length = random.nextInt(40);
        byte[] marks = new byte[length];
        Arrays.fill(marks, TextRecord.mark(example % 3 == 0, true));
        return new TextRecord(
                "id" + example,
                HALF_A_CHARACTER.repeat(random.nextInt(30)),
                random.ints(length).toArray(),
                random.ints(length).toArray(),
                random.ints(length).toArray(),
                marks,
                random.nextInt(),
                random.nextInt());
    }

    private TextStore filled(int texts, long memoryBytes) {
        TextStore store = new TextStore(temp.resolve("spill"), memoryBytes);
        IntStream.range(0, texts).mapToObj(TextStoreTest::text).forEach(store::add);
        store.finish();
        return store;
    }

    private static void requireEqual(TextRecord actual, int example) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(text(example));
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000000", "63, 1", "64, 1", "65, 1", "1000, 1", "1000, 100000", "1000, 100000000"})
    void givesBackEveryTextInAnyOrder(int texts, long memoryBytes) {
        TextStore store = filled(texts, memoryBytes);
        IntStream.range(0, texts).forEach(example -> requireEqual(store.get(example), example));
        new Random(1)
                .ints(2L * texts, 0, Math.max(1, texts))
                .forEach(example -> requireEqual(store.get(example), example));
    }

    @Test
    void severalThreadsReadAtOnce() {
        TextStore store = filled(2000, 50_000);
        IntStream.range(0, 20_000)
                .parallel()
                .map(i -> i * 7919 % 2000)
                .forEach(example -> requireEqual(store.get(example), example));
    }

    @Test
    void fewTextsTouchNoFile() {
        filled(1000, 100_000_000);
        assertThat(temp.resolve("spill")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // a file that is open keeps its name there
    void theFileHasNoNameSoThatNothingIsLeftBehind() throws IOException {
        TextStore store = filled(1000, 1);
        try (Stream<Path> files = Files.list(temp.resolve("spill"))) {
            assertThat(files).isEmpty();
        }
        requireEqual(store.get(999), 999);
    }
}
