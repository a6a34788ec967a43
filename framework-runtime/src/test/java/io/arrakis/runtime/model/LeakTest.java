package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a pass makes is gone when its capture is closed, and cannot be read after. */
class LeakTest {
    private static final long ALLOWED_KIB = 32 * 1024;
    private static final TokenBatch BATCH =
            TokenBatch.of(new int[][] {{7, 9, 11}}, new boolean[][] {{true, true, true}});
    /** So large that the tensors of one pass in ten, were they kept, would be more than what is allowed. */
    private static final TokenBatch LARGE = batch(32, 32);

    private static final HookName HOOK = HookName.of(HookPoint.MLP_POST, 1);

    @Test
    @Tag("full")
    @EnabledOnOs(OS.LINUX)
    void twoHundredPassesHoldNoMoreMemoryThanTwenty(@TempDir Path temp) throws IOException {
        try (HookedModel model = open(temp)) {
            ForwardRequest everything =
                    ForwardRequest.keep(model.description().architecture().hookNames());
            long afterTwenty = 0;
            long bytes = 0;
            for (int i = 1; i <= 200; i++) {
                try (Capture capture = model.run(LARGE, everything)) {
                    bytes = Math.max(bytes, bytes(capture, everything));
                }
                TokenBatch beyond = TokenBatch.of(new int[][] {{1 << 20}}, new boolean[][] {{true}});
                assertThatThrownBy(() -> model.run(beyond, everything)).hasMessageContaining("token id 1048576");
                System.gc();
                afterTwenty = i == 20 ? anonymousMemoryKib() : afterTwenty;
            }
            assertThat(bytes * 180 / 10).as("a leak would show").isGreaterThan(ALLOWED_KIB * 1024);
            assertThat(anonymousMemoryKib() - afterTwenty).isLessThan(ALLOWED_KIB);
        }
    }

    @Test
    void aClosedCaptureOrModelIsNotRead(@TempDir Path temp) {
        HookedModel model = open(temp);
        Capture capture = model.run(BATCH, ForwardRequest.keep(HOOK));
        float[] before = capture.toArray(HOOK);
        assertThatThrownBy(() -> capture.get(HookName.of(HookPoint.EMBED)))
                .hasMessageContaining("kept were [blocks.1.mlp.hook_post]");
        model.close();
        model.close();
        assertThat(capture.toArray(HOOK)).as("outlives its model").containsExactly(before);
        capture.close();
        capture.close();
        assertThatThrownBy(() -> capture.get(HOOK)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.run(BATCH, ForwardRequest.keep(HOOK))).hasMessageContaining("was closed");
    }

    private static long bytes(Capture capture, ForwardRequest request) {
        return request.hooks().stream()
                .mapToLong(hook -> (long) Float.BYTES * capture.toArray(hook).length)
                .sum();
    }

    private static TokenBatch batch(int rows, int columns) {
        int[][] ids = new int[rows][columns];
        boolean[][] mask = new boolean[rows][columns];
        for (int row = 0; row < rows; row++) {
            Arrays.setAll(ids[row], column -> 7 + column);
            Arrays.fill(mask[row], true);
        }
        return TokenBatch.of(ids, mask);
    }

    private static HookedModel open(Path temp) {
        return GoldenFolder.open(Goldens.FAMILIES, "gpt2", temp).model(ComputeOptions.cpu(1));
    }

    private static long anonymousMemoryKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
