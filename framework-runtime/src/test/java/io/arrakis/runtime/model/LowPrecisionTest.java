package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.model.GoldenFolder.GoldenBatch;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Computing in bfloat16 or float16 loses as much as the reference implementation loses that computes in them, hook point by hook
 * point: {@code precision.json} beside the goldens has the reference's loss, against float64.
 */
class LowPrecisionTest {

    /** Another order of roundings: measured are up to 1.6, where Gemma's norms multiply by their weight. */
    private static final double MORE = 2;

    private static final Set<String> BATCHES = Set.of("plain", "right", "left");

    static Stream<Arguments> everyFolderInBothTypes() {
        return GoldenFolder.models().stream().flatMap(folder -> Stream.of(ComputeType.BFLOAT16, ComputeType.FLOAT16)
                .map(type -> Arguments.of(folder, type)));
    }

    @ParameterizedTest
    @MethodSource("everyFolderInBothTypes")
    void losesNoMoreThanTheReference(String folder, ComputeType type, @TempDir Path temp) throws IOException {
        GoldenFolder golden = GoldenFolder.open(Goldens.FAMILIES, folder, temp);
        JsonNode reference = new ObjectMapper()
                .readTree(Goldens.FAMILIES.text(folder, "precision.json"))
                .get(type.id());
        Map<String, Loss> losses = new HashMap<>();
        try (HookedModel model = golden.model(ComputeOptions.cpu(1).in(type))) {
            golden.batches().stream()
                    .filter(batch -> BATCHES.contains(batch.name()))
                    .forEach(batch -> run(golden, batch, model, losses));
        }
        List<String> worse = new ArrayList<>();
        for (String hook : new TreeSet<>(losses.keySet())) {
            double ours = losses.get(hook).share();
            double theirs = reference.get(hook).doubleValue();
            if (!(ours <= MORE * theirs + 1e-6)) {
                worse.add(String.format(Locale.ROOT, "%s: %.3g, the reference %.3g", hook, ours, theirs));
            }
        }
        assertThat(losses).isNotEmpty();
        assertThat(worse).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ComputeType.class,
            names = {"BFLOAT16", "FLOAT16"})
    void changesAreMadeInNarrowTypesToo(ComputeType type, @TempDir Path temp) {
        GoldenFolder golden = GoldenFolder.open(Goldens.FAMILIES, "llama", temp);
        HookName stream = HookName.of(HookPoint.RESID_PRE, 1);
        HookName scores = HookName.of(HookPoint.ATTN_SCORES, 1);
        try (HookedModel model = golden.model(ComputeOptions.cpu(1).in(type))) {
            TokenBatch batch = golden.batches().get(0).batch();
            List<Intervention> changes = List.of(
                    Intervention.everywhere(stream, new Edit.Replace(Values.scalar(1.5f))),
                    Intervention.everywhere(stream, new Edit.Add(Values.scalar(0.25f)))
                            .inUnits(3),
                    Intervention.everywhere(scores, new Edit.Zero()).inHeads(1));
            ForwardRequest request = ForwardRequest.keep(stream, scores, HookName.of(HookPoint.LOGITS));
            try (Capture capture = model.run(batch, request.with(changes))) {
                assertThat(capture.toArray(stream)).containsOnly(1.5f, 1.75f);
                assertThat(capture.toArray(stream)[3]).isEqualTo(1.75f);
                assertThat(capture.toArray(scores)).contains(0f);
                assertThat(capture.toArray(HookName.of(HookPoint.LOGITS))).doesNotContain(Float.NaN);
            }
        }
    }

    private static void run(GoldenFolder golden, GoldenBatch batch, HookedModel model, Map<String, Loss> losses) {
        List<HookName> hooks =
                batch.expected().keySet().stream().map(HookName::parse).toList();
        try (Capture capture = model.run(batch.batch(), ForwardRequest.keep(hooks))) {
            for (HookName hook : hooks) {
                String tensor = batch.expected().get(hook.toString());
                losses.computeIfAbsent(hook.toString(), name -> new Loss())
                        .add(hook, capture, golden.values(tensor), batch.batch());
            }
        }
    }

    /** Squares of differences and of what is right. */
    private static final class Loss {

        private double off;
        private double size;

        void add(HookName hook, Capture capture, float[] expected, TokenBatch batch) {
            float[] actual = capture.toArray(hook);
            long[] shape = capture.get(hook).shape();
            for (int i = 0; i < expected.length; i++) {
                if (GoldenTest.meaningful(hook, i, shape, batch)) {
                    off += Math.pow((double) actual[i] - expected[i], 2);
                    size += Math.pow(expected[i], 2);
                }
            }
        }

        double share() {
            return Math.sqrt(off / size);
        }
    }
}
