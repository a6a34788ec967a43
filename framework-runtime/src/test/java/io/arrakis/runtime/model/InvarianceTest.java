package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.fail;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Neither the size of a batch, nor the side of the padding, nor what stands in it changes the activations of a text. */
class InvarianceTest {
    /** Rounding of float32 in products of other shapes, as a share of the largest number of a tensor; 4e-6 was seen. */
    private static final double TOLERANCE = 1e-5;

    private static final int TEXTS = 32;
    private static final int LONGEST = 12;

    static List<String> everyFolder() {
        return GoldenFolder.models();
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void batchAndPaddingChangeNothing(String folder, @TempDir Path temp) {
        try (HookedModel model =
                GoldenFolder.open(Goldens.FAMILIES, folder, temp).model(ComputeOptions.cpu(1))) {
            List<int[]> texts = texts(model.description().architecture().dims().dVocab());
            List<HookName> hooks = model.description().architecture().hookNames();
            ForwardRequest request = ForwardRequest.keep(hooks);
            Map<HookName, Tensor> right = run(model, batch(texts, false, 0), request);
            Map<HookName, Tensor> left = run(model, batch(texts, true, 0), request);
            Map<HookName, Tensor> otherFill = run(model, batch(texts, false, 5), request);
            for (int row = 0; row < TEXTS; row++) {
                int[] text = texts.get(row);
                Map<HookName, Tensor> alone = run(model, batch(List.of(text), false, 0), request);
                for (HookName hook : hooks) {
                    requireSame(hook, alone.get(hook), right.get(hook), row, 0);
                    requireSame(hook, alone.get(hook), left.get(hook), row, LONGEST - text.length);
                    requireSame(hook, alone.get(hook), otherFill.get(hook), row, 0);
                }
            }
        }
    }

    static List<Arguments> everyEdit() {
        Map<String, Edit> edits = new TreeMap<>(Map.of(
                "zero", new Edit.Zero(),
                "set", new Edit.Replace(Values.scalar(0.5f)),
                "add", new Edit.Add(Values.scalar(0.25f)),
                "scale", new Edit.Scale(1.5)));
        // Causal, bidirectional, and causal with windows.
        return Stream.of("llama", "bert", "gemma2")
                .flatMap(folder -> edits.entrySet().stream()
                        .map(edit -> Arguments.of(folder, Named.of(edit.getKey(), edit.getValue()))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everyEdit")
    void batchAndPaddingChangeNothingInAChangedPass(String folder, Edit edit, @TempDir Path temp) {
        try (HookedModel model =
                GoldenFolder.open(Goldens.FAMILIES, folder, temp).model(ComputeOptions.cpu(1))) {
            List<int[]> texts = List.of(new int[] {7, 9, 11}, new int[] {19, 23, 29, 31, 37, 41, 43, 47});
            List<HookName> hooks = model.description().architecture().hookNames();
            for (HookName changed : hooks) {
                ForwardRequest request =
                        ForwardRequest.keep(hooks).with(List.of(Intervention.everywhere(changed, edit)));
                Map<HookName, Tensor> right = run(model, batch(texts, false, 0), request);
                Map<HookName, Tensor> left = run(model, batch(texts, true, 5), request);
                for (int row = 0; row < texts.size(); row++) {
                    Map<HookName, Tensor> alone = run(model, batch(List.of(texts.get(row)), false, 0), request);
                    for (HookName hook : hooks) {
                        requireSame(hook, alone.get(hook), right.get(hook), row, 0);
                        requireSame(hook, alone.get(hook), left.get(hook), row, 8 - texts.get(row).length);
                    }
                }
            }
        }
    }

    private record Tensor(long[] shape, float[] values) {}

    private static Map<HookName, Tensor> run(HookedModel model, TokenBatch batch, ForwardRequest request) {
        Map<HookName, Tensor> tensors = new HashMap<>();
        try (Capture capture = model.run(batch, request)) {
            for (HookName hook : request.hooks()) {
                tensors.put(hook, new Tensor(capture.get(hook).shape(), capture.toArray(hook)));
            }
        }
        return tensors;
    }

    /** Texts of different lengths, one of them the longest. */
    private static List<int[]> texts(int vocabulary) {
        Random random = new Random(3);
        List<int[]> texts = new ArrayList<>();
        for (int row = 0; row < TEXTS; row++) {
            int length = row == 0 ? LONGEST : 1 + random.nextInt(LONGEST);
            texts.add(random.ints(length, 0, vocabulary).toArray());
        }
        return texts;
    }

    private static TokenBatch batch(List<int[]> texts, boolean onTheLeft, int fill) {
        int longest = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        int[][] ids = new int[texts.size()][longest];
        boolean[][] real = new boolean[texts.size()][longest];
        for (int row = 0; row < ids.length; row++) {
            int[] text = texts.get(row);
            Arrays.fill(ids[row], fill);
            int start = onTheLeft ? longest - text.length : 0;
            System.arraycopy(text, 0, ids[row], start, text.length);
            Arrays.fill(real[row], start, start + text.length, true);
        }
        return TokenBatch.of(ids, real);
    }

    private static void requireSame(HookName hook, Tensor alone, Tensor together, int row, int start) {
        double scale = 1;
        for (float value : alone.values()) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < alone.values().length; i++) {
            float actual = together.values()[place(hook, i, alone.shape(), together.shape(), row, start)];
            if (!(Math.abs(actual - alone.values()[i]) <= TOLERANCE * scale)) {
                fail("%s, text %d, element %d: %s, alone %s", hook, row, i, actual, alone.values()[i]);
            }
        }
    }

    /** Where an element of a text alone lies in a batch. */
    private static int place(HookName hook, int index, long[] alone, long[] together, int row, int start) {
        long place = 0;
        long stride = 1;
        long rest = index;
        for (int axis = alone.length - 1; axis >= 0; axis--) {
            Axis kind = hook.point().axes().get(axis);
            boolean position = kind == Axis.POS || kind == Axis.QUERY_POS || kind == Axis.KEY_POS;
            long at = rest % alone[axis] + (position ? start : 0) + (axis == 0 ? row : 0);
            rest /= alone[axis];
            place += at * stride;
            stride *= together[axis];
        }
        return (int) place;
    }
}
