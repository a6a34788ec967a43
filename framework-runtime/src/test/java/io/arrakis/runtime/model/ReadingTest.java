package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which hook points are asked for changes no bit of what is captured, although steps that nobody looks into are taken together.
 * The activation cache relies on it: a key names one hook point, not those that were asked for beside it.
 */
class ReadingTest {
    static List<String> everyFolder() {
        return GoldenFolder.models();
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void aHookPointAloneGivesTheBitsThatAllTogetherGive(String folder, @TempDir Path temp) {
        GoldenFolder golden = GoldenFolder.open(Goldens.FAMILIES, folder, temp);
        TokenBatch batch = longest(golden);
        try (HookedModel model = golden.model(ComputeOptions.cpu(1))) {
            List<HookName> hooks = model.description().architecture().hookNames();
            Map<HookName, float[]> together = run(model, batch, ForwardRequest.keep(hooks));
            for (HookName hook : hooks) {
                assertThat(run(model, batch, ForwardRequest.keep(List.of(hook))).get(hook))
                        .as("%s", hook)
                        .isEqualTo(together.get(hook));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void aChangeThatChangesNothingKeepsEveryBit(String folder, @TempDir Path temp) {
        GoldenFolder golden = GoldenFolder.open(Goldens.FAMILIES, folder, temp);
        TokenBatch batch = longest(golden);
        try (HookedModel model = golden.model(ComputeOptions.cpu(1))) {
            List<HookName> hooks = model.description().architecture().hookNames();
            List<HookName> last = List.of(hooks.get(hooks.size() - 1));
            float[] unchanged = run(model, batch, ForwardRequest.keep(last)).get(last.get(0));
            for (HookName hook : hooks) {
                ForwardRequest request =
                        ForwardRequest.keep(last).with(List.of(Intervention.everywhere(hook, new Edit.Scale(1))));
                assertThat(run(model, batch, request).get(last.get(0)))
                        .as("%s times one", hook)
                        .isEqualTo(unchanged);
            }
        }
    }

    private static TokenBatch longest(GoldenFolder golden) {
        return golden.batches().stream()
                .map(GoldenFolder.GoldenBatch::batch)
                .max(Comparator.comparing(batch -> batch.rows() * batch.columns()))
                .orElseThrow();
    }

    private static Map<HookName, float[]> run(HookedModel model, TokenBatch batch, ForwardRequest request) {
        Map<HookName, float[]> values = new HashMap<>();
        try (Capture capture = model.run(batch, request)) {
            request.hooks().forEach(hook -> values.put(hook, capture.toArray(hook)));
        }
        return values;
    }
}
