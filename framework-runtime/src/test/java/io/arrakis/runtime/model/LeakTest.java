package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.KeptType;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a pass makes is gone when its capture is closed, and cannot be read after. */
class LeakTest {
    private static final long ALLOWED_KIB = 32 * 1024;
    private static final TokenBatch BATCH =
            TokenBatch.of(new int[][] {{7, 9, 11}}, new boolean[][] {{true, true, true}});
    /** So large that the tensors of one pass in ten, were they kept, would be more than what is allowed. */
    private static final TokenBatch LARGE = batch(32, 32);

    private static final HookName HOOK = HookName.of(HookPoint.MLP_POST, 1);

    /** A few make sure, in every build, of what the long test makes sure of after two hundred. */
    @Test
    void afterThirtyCapturesAsManyArraysAreOpenAsAfterTen(@TempDir Path temp) throws Exception {
        openArraysAreEqual(temp, 10, 30);
    }

    @Test
    @Tag("full")
    void afterTwoHundredCapturesAsManyArraysAreOpenAsAfterTwenty(@TempDir Path temp) throws Exception {
        openArraysAreEqual(temp, 20, 200);
    }

    /** Whole captures, narrow parts, changed passes, and passes that fail; each array of the last one counts while it is open. */
    private static void openArraysAreEqual(Path temp, int first, int last) throws Exception {
        try (HookedModel model = open(temp)) {
            ForwardRequest everything =
                    ForwardRequest.keep(model.description().architecture().hookNames());
            List<ForwardRequest> requests = List.of(
                    everything,
                    everything.at(Positions.last()).keptAs(KeptType.BFLOAT16),
                    everything.keptAs(KeptType.FLOAT16),
                    everything.with(List.of(Intervention.everywhere(HOOK, new Edit.Add(Values.scalar(1)))
                            .inUnits(0, 3))));
            OpenArrays afterFirst = null;
            for (int i = 1; i <= last; i++) {
                ForwardRequest request = requests.get(i % requests.size());
                try (Capture capture = model.run(BATCH, request)) {
                    request.hooks().forEach(hook -> read(capture, hook));
                }
                TokenBatch beyond = TokenBatch.of(new int[][] {{1 << 20}}, new boolean[][] {{true}});
                assertThatThrownBy(() -> model.run(beyond, request)).hasMessageContaining("token id 1048576");
                afterFirst = i == first ? OpenArrays.count() : afterFirst;
            }
            assertThat(OpenArrays.count()).isEqualTo(afterFirst);
            try (Capture held = model.run(BATCH, everything)) {
                INDArray view = held.get(HOOK);
                OpenArrays open = OpenArrays.count();
                assertThat(open.nd4j()).as("%s", view.shapeInfoToString()).isEqualTo(afterFirst.nd4j() + 1);
                assertThat(open.engine())
                        .as("a capture that is open counts")
                        .isEqualTo(afterFirst.engine() + held.hooks().size());
                assertThat(open.scopes()).isEqualTo(afterFirst.scopes() + 1);
            }
        }
    }

    private static void read(Capture capture, HookName hook) {
        assertThat(capture.get(hook).length()).isEqualTo(capture.toArray(hook).length);
    }

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
