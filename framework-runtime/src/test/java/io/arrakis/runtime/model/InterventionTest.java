package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Changes at hook points do what they say, nothing else, and nothing after the pass. */
class InterventionTest {
    private static final int[][] IDS = {{7, 9, 11, 13, 17}, {19, 23, 29, 0, 0}};
    private static final boolean[][] REAL = {{true, true, true, true, true}, {true, true, true, false, false}};
    private static final TokenBatch BATCH = TokenBatch.of(IDS, REAL);

    static List<String> everyFolder() {
        return GoldenFolder.models();
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void addingZeroAndPatchingARunWithItselfChangeNothing(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            HookName end = last(model);
            float[] before = values(model, end, List.of());
            for (HookName hook : model.description().architecture().hookNames()) {
                float[] own = values(model, hook, List.of());
                long[] shape = model.description().architecture().shape(hook, 2, 5);
                Intervention nothing = Intervention.everywhere(hook, new Edit.Add(Values.scalar(0)));
                Intervention itself = Intervention.everywhere(hook, new Edit.Replace(Values.of(shape, own)));
                assertThat(values(model, end, List.of(nothing)))
                        .as("add 0 at %s", hook)
                        .containsExactly(before);
                assertThat(values(model, end, List.of(itself)))
                        .as("patch %s", hook)
                        .containsExactly(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void everyHookPointIsOnTheWay(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            Architecture architecture = model.description().architecture();
            for (HookName hook : architecture.hookNames()) {
                float[] before = values(model, hook, List.of());
                float[] doubled = values(model, hook, List.of(Intervention.everywhere(hook, new Edit.Scale(2))));
                for (int i = 0; i < before.length; i++) {
                    assertThat(doubled[i]).as("%s", hook).isEqualTo(2 * before[i]);
                }
                boolean inTheMiddle = hook.block().orElse(1) == 0 && hook.point() != HookPoint.RESID_POST;
                if (inTheMiddle) {
                    HookName next = HookName.of(HookPoint.RESID_POST, 0);
                    assertThat(values(model, next, List.of(Intervention.everywhere(hook, new Edit.Zero()))))
                            .as("the stream without %s", hook)
                            .isNotEqualTo(values(model, next, List.of()));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void withoutItsHeadsAttentionAddsTheOutputBiasAlone(String folder, @TempDir Path temp) {
        try (HookedModel model = open(folder, temp)) {
            Architecture architecture = model.description().architecture();
            if (architecture.block().form().normsBranches()) {
                return; // a post-norm comes between
            }
            Intervention ablate = Intervention.everywhere(HookName.of(HookPoint.Z, 0), new Edit.Zero());
            float[] out = values(model, HookName.of(HookPoint.ATTN_OUT, 0), List.of(ablate));
            int width = architecture.dims().dModel();
            float[] bias = architecture.has(WeightPoint.B_O)
                    ? floats(model.weights().get(WeightName.of(WeightPoint.B_O, 0)))
                    : new float[width];
            for (int i = 0; i < out.length; i++) {
                assertThat(out[i]).isEqualTo(bias[i % width]);
            }
        }
    }

    @Test
    void changesOnlyTheChosenHeadUnitsAndPositions(@TempDir Path temp) {
        try (HookedModel model = open("llama", temp)) {
            HookName q = HookName.of(HookPoint.Q, 1);
            float[] before = values(model, q, List.of());
            Intervention change = Intervention.everywhere(q, new Edit.Replace(Values.vector(100, 200)))
                    .inHeads(2)
                    .inUnits(5, 1)
                    .atPositions(Positions.last());
            float[] after = values(model, q, List.of(change));
            for (int i = 0; i < before.length; i++) {
                int unit = i % 8;
                int head = i / 8 % 4;
                int pos = i / 32 % 5;
                int row = i / 160;
                boolean last = pos == (row == 0 ? 4 : 2);
                float expected = before[i];
                if (last && head == 2 && unit == 5) {
                    expected = 100;
                } else if (last && head == 2 && unit == 1) {
                    expected = 200;
                }
                assertThat(after[i])
                        .as("row %d, pos %d, head %d, unit %d", row, pos, head, unit)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void severalChangesOfOneInputAreOnePass(@TempDir Path temp) {
        try (HookedModel model = open("gpt2", temp)) {
            HookName first = HookName.of(HookPoint.RESID_PRE, 1);
            HookName heads = HookName.of(HookPoint.Z, 1);
            HookName end = last(model);
            TokenBatch one = TokenBatch.of(new int[][] {IDS[0]}, new boolean[][] {REAL[0]});
            TokenBatch three =
                    TokenBatch.of(new int[][] {IDS[0], IDS[0], IDS[0]}, new boolean[][] {REAL[0], REAL[0], REAL[0]});
            Intervention shift = Intervention.everywhere(first, new Edit.Add(Values.scalar(1)));
            Intervention head = Intervention.everywhere(heads, new Edit.Zero()).inHeads(2);
            Values rows = Values.of(new long[] {2, 1, 1, 1}, new float[] {5, 7});
            Intervention each =
                    Intervention.everywhere(heads, new Edit.Replace(rows)).inRows(2, 1);
            try (Capture plain = model.run(one, ForwardRequest.keep(end));
                    Capture shifted = model.run(one, ForwardRequest.keep(end).with(List.of(shift)));
                    Capture without = model.run(one, ForwardRequest.keep(end).with(List.of(head)));
                    Capture all =
                            model.run(three, ForwardRequest.keep(end).with(List.of(shift.inRows(1), head.inRows(2))));
                    Capture values = model.run(three, ForwardRequest.keep(heads).with(List.of(each)))) {
                float[] found = all.toArray(end);
                int size = found.length / 3;
                assertThat(Arrays.copyOfRange(found, 0, size)).containsExactly(plain.toArray(end), within(1e-4f));
                assertThat(Arrays.copyOfRange(found, size, 2 * size))
                        .containsExactly(shifted.toArray(end), within(1e-4f));
                assertThat(Arrays.copyOfRange(found, 2 * size, 3 * size))
                        .containsExactly(without.toArray(end), within(1e-4f));
                float[] z = values.toArray(heads);
                assertThat(Arrays.copyOfRange(z, z.length / 3, 2 * z.length / 3))
                        .containsOnly(7);
                assertThat(Arrays.copyOfRange(z, 2 * z.length / 3, z.length)).containsOnly(5);
            }
        }
    }

    @Test
    void refusesARowThatTheBatchLacks(@TempDir Path temp) {
        try (HookedModel model = open("gpt2", temp)) {
            HookName hook = HookName.of(HookPoint.RESID_PRE, 1);
            Intervention change = Intervention.everywhere(hook, new Edit.Zero()).inRows(2);
            assertThatThrownBy(() -> values(model, hook, List.of(change)))
                    .hasMessageContaining("index 2 is beyond axis batch of 2");
        }
    }

    @Test
    void aChangedPatternGivesNothingToKeysThatTheMaskHides(@TempDir Path temp) {
        try (HookedModel model = open("llama", temp)) {
            HookName pattern = HookName.of(HookPoint.PATTERN, 0);
            Intervention set = Intervention.everywhere(pattern, new Edit.Replace(Values.scalar(0.5f)));
            float[] after = values(model, pattern, List.of(set));
            for (int i = 0; i < after.length; i++) {
                int key = i % 5;
                int query = i / 5 % 5;
                int row = i / 100;
                boolean seen = key <= query && REAL[row][key];
                assertThat(after[i])
                        .as("row %d, query %d, key %d", row, query, key)
                        .isEqualTo(seen ? 0.5f : 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-1e30f, -3e38f, 1e30f})
    void refusesScoresBesideWhichTheMaskWouldNotCount(float score, @TempDir Path temp) {
        try (HookedModel model = open("gpt2", temp)) {
            Intervention set = Intervention.everywhere(
                            HookName.of(HookPoint.ATTN_SCORES, 0), new Edit.Replace(Values.scalar(score)))
                    .inUnits(0);
            assertThatThrownBy(() -> values(model, last(model), List.of(set)))
                    .hasMessageContaining("TOOL-INPUT")
                    .hasMessageContaining("blocks.0.attn.hook_attn_scores")
                    .hasMessageContaining("the attention mask would not count")
                    .hasMessageContaining("-1e9");
        }
    }

    @Test
    void refusesKeysOfABatchThatIsPaddedOnTheLeft(@TempDir Path temp) {
        try (HookedModel model = open("gpt2", temp)) {
            TokenBatch batch = TokenBatch.of(new int[][] {{0, 19, 23}}, new boolean[][] {{false, true, true}});
            HookName pattern = HookName.of(HookPoint.PATTERN, 0);
            Intervention zero =
                    Intervention.everywhere(pattern, new Edit.Zero()).inUnits(0);
            ForwardRequest request = ForwardRequest.keep(pattern).with(List.of(zero));
            assertThatThrownBy(() -> model.run(batch, request))
                    .hasMessageContaining("TOOL-INPUT")
                    .hasMessageContaining("row 0 is padded on the left");
        }
    }

    @Test
    void countsPositionsOverRealTokens(@TempDir Path temp) {
        try (HookedModel model = open("gpt2", temp)) {
            HookName hook = HookName.of(HookPoint.RESID_PRE, 0);
            int[][] ids = {{0, 0, 19, 23, 29}};
            boolean[][] real = {{false, false, true, true, true}};
            Intervention zero = Intervention.everywhere(hook, new Edit.Zero()).atPositions(Positions.at(0, 2));
            ForwardRequest request = ForwardRequest.keep(hook);
            TokenBatch batch = TokenBatch.of(ids, real);
            try (Capture before = model.run(batch, request);
                    Capture after = model.run(batch, request.with(List.of(zero)))) {
                float[] plain = before.toArray(hook);
                float[] changed = after.toArray(hook);
                for (int i = 0; i < plain.length; i++) {
                    int pos = i / 32;
                    assertThat(changed[i]).isEqualTo(pos == 2 || pos == 4 ? 0 : plain[i]);
                }
            }
        }
    }

    @Test
    void appliesSeveralInTheirOrder(@TempDir Path temp) {
        try (HookedModel model = open("bert", temp)) {
            HookName hook = HookName.of(HookPoint.MLP_POST, 1);
            Intervention set = Intervention.everywhere(hook, new Edit.Replace(Values.scalar(3)));
            Intervention add = Intervention.everywhere(hook, new Edit.Add(Values.scalar(1)));
            Intervention scale = Intervention.everywhere(hook, new Edit.Scale(2));
            assertThat(values(model, hook, List.of(set, add, scale))).containsOnly(8f);
            assertThat(values(model, hook, List.of(set, scale, add))).containsOnly(7f);
        }
    }

    @Test
    void leavesNothingBehindAfterAnError(@TempDir Path temp) {
        try (HookedModel model = open("bert", temp)) {
            HookName end = last(model);
            float[] before = values(model, end, List.of());
            HookName hook = HookName.of(HookPoint.MLP_POST, 0);
            Intervention zero = Intervention.everywhere(HookName.of(HookPoint.RESID_PRE, 0), new Edit.Zero());
            Intervention unfit = Intervention.everywhere(hook, new Edit.Add(Values.vector(1, 2, 3)));
            assertThatThrownBy(() -> values(model, end, List.of(zero, unfit)))
                    .isInstanceOf(ArrakisException.class)
                    .hasMessageContaining("TOOL-INPUT")
                    .hasMessageContaining("[3]")
                    .hasMessageContaining("d_mlp");
            assertThat(values(model, end, List.of())).containsExactly(before);
        }
    }

    @Test
    void refusesHeadsAndHooksThatAreNotThere(@TempDir Path temp) {
        try (HookedModel model = open("bert", temp)) {
            HookName z = HookName.of(HookPoint.Z, 0);
            Intervention beyond = Intervention.everywhere(z, new Edit.Zero()).inHeads(4);
            assertThatThrownBy(() -> values(model, z, List.of(beyond)))
                    .hasMessageContaining("index 4 is beyond axis head of 4");
            Intervention absent = Intervention.everywhere(HookName.of(HookPoint.ROT_Q, 0), new Edit.Zero());
            assertThatThrownBy(() -> values(model, z, List.of(absent)))
                    .hasMessageContaining("UNKNOWN-HOOK")
                    .hasMessageContaining("blocks.0.attn.hook_q");
        }
    }

    private static HookedModel open(String folder, Path temp) {
        return GoldenFolder.open(Goldens.FAMILIES, folder, temp).model(ComputeOptions.cpu(1));
    }

    private static HookName last(HookedModel model) {
        List<HookName> names = model.description().architecture().hookNames();
        return names.stream()
                .filter(name -> name.point().axes().contains(Axis.D_VOCAB))
                .findFirst()
                .orElse(names.get(names.size() - 1));
    }

    private static float[] values(HookedModel model, HookName hook, List<Intervention> changes) {
        try (Capture capture = model.run(BATCH, ForwardRequest.keep(hook).with(changes))) {
            return capture.toArray(hook);
        }
    }

    private static float[] floats(INDArray array) {
        float[] copy = array.dup('c').data().asFloat();
        return Arrays.copyOf(copy, copy.length);
    }
}
