package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.KeptType;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.cache.ActivationCache;
import io.arrakis.runtime.cache.CacheSettings;
import io.arrakis.runtime.engine.EngineBootstrap;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.plan.PassMemory;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A request says which positions of its tensors are kept, and in what numbers. */
class KeptPartTest {

    private static final HookName STREAM = HookName.of(HookPoint.RESID_POST, 0);

    /** Rows of five and three tokens, padded on the left and on the right. */
    private static final TokenBatch BATCH = TokenBatch.of(
            new int[][] {{7, 9, 11, 5, 6, 0}, {0, 8, 6, 7, 0, 0}},
            new boolean[][] {{true, true, true, true, true, false}, {false, true, true, true, false, false}});

    @TempDir
    private Path temp;

    static List<String> everyFolder() {
        return GoldenFolder.models();
    }

    private HookedModel open(String folder, ComputeType type) {
        return GoldenFolder.open(Goldens.FAMILIES, folder, temp)
                .model(ComputeOptions.cpu(1).in(type));
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void chosenPositionsAreThoseOfTheWholeTensor(String folder) {
        try (HookedModel model = open(folder, ComputeType.FLOAT32)) {
            ForwardRequest whole =
                    ForwardRequest.keep(model.description().architecture().hookNames());
            expect(model, whole, Positions.all(), new int[][] {{0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 4, 5}});
            expect(model, whole, Positions.first(), new int[][] {{0}, {1}});
            expect(model, whole, Positions.last(), new int[][] {{4}, {3}});
            expect(model, whole, Positions.span(1, 3), new int[][] {{1, 2}, {2, 3}});
            expect(model, whole, Positions.at(2, 0), new int[][] {{2, 0}, {3, 1}});
        }
    }

    private static void expect(HookedModel model, ForwardRequest whole, Positions positions, int[][] columns) {
        try (Capture all = model.run(BATCH, whole);
                Capture some = model.run(BATCH, whole.at(positions))) {
            for (HookName hook : whole.hooks()) {
                long[] shape =
                        whole.at(positions).shape(hook, model.description().architecture(), BATCH);
                assertThat(some.get(hook).shape()).as("%s", hook).isEqualTo(shape);
                assertThat(some.toArray(hook)).as("%s", hook).isEqualTo(picked(hook, all, columns));
            }
        }
    }

    private static float[] picked(HookName hook, Capture all, int[][] columns) {
        List<Axis> axes = hook.point().axes();
        int axis = axes.contains(Axis.QUERY_POS) ? axes.indexOf(Axis.QUERY_POS) : axes.indexOf(Axis.POS);
        float[] values = all.toArray(hook);
        if (axis < 0) {
            return values;
        }
        long[] shape = all.get(hook).shape();
        int outer = axis == 1 ? 1 : (int) shape[1];
        int inner = (int)
                IntStream.range(axis + 1, shape.length).mapToLong(i -> shape[i]).reduce(1, (a, b) -> a * b);
        float[] picked = new float[columns.length * outer * columns[0].length * inner];
        int at = 0;
        for (int row = 0; row < columns.length; row++) {
            for (int head = 0; head < outer; head++) {
                for (int column : columns[row]) {
                    System.arraycopy(
                            values, ((row * outer + head) * (int) shape[axis] + column) * inner, picked, at, inner);
                    at += inner;
                }
            }
        }
        return picked;
    }

    @ParameterizedTest
    @EnumSource
    void narrowNumbersAreTheNearestOfTheirTypeWhateverIsComputedIn(ComputeType computed) {
        try (HookedModel model = open("llama", computed)) {
            ForwardRequest request =
                    ForwardRequest.keep(model.description().architecture().hookNames());
            Map<HookName, float[]> plain = arrays(model, request);
            narrow(plain, arrays(model, request.keptAs(KeptType.BFLOAT16)), 16, 0x1p-9);
            narrow(plain, arrays(model, request.keptAs(KeptType.FLOAT16)), 13, 0x1p-12);
        }
    }

    private static Map<HookName, float[]> arrays(HookedModel model, ForwardRequest request) {
        Map<HookName, float[]> arrays = new TreeMap<>();
        try (Capture capture = model.run(BATCH, request)) {
            for (HookName hook : request.hooks()) {
                arrays.put(hook, capture.toArray(hook));
                if (request.type() != KeptType.FLOAT32) {
                    assertThat(capture.get(hook).dup('c').data().asFloat()).isEqualTo(capture.toArray(hook));
                }
            }
        }
        return arrays;
    }

    /** With so many last bits zero, and no further away than half of what the last bit left is worth. */
    private static void narrow(Map<HookName, float[]> plain, Map<HookName, float[]> narrow, int zeros, double half) {
        plain.forEach((hook, values) -> {
            for (int i = 0; i < values.length; i++) {
                float kept = narrow.get(hook)[i];
                boolean subnormal = zeros == 13 && Math.abs(kept) < 0x1p-14;
                assertThat(subnormal ? kept * 0x1p24f % 1 : Float.floatToIntBits(kept) & (1 << zeros) - 1)
                        .as("%s", hook)
                        .isZero();
                double allowed = subnormal ? 0x1p-25 : 2 * half * Math.scalb(1.0, Math.getExponent(values[i]));
                assertThat(Math.abs(kept - (double) values[i])).isLessThanOrEqualTo(allowed * 0.5 * 2);
            }
        });
    }

    @Test
    void aNumberBeyondFloat16IsAnErrorAndFitsBfloat16() {
        try (HookedModel model = open("gpt2", ComputeType.FLOAT32)) {
            ForwardRequest large =
                    ForwardRequest.keep(STREAM).with(List.of(Intervention.everywhere(STREAM, new Edit.Scale(1e9))));
            assertThatThrownBy(() -> model.run(BATCH, large.keptAs(KeptType.FLOAT16)))
                    .hasMessageStartingWith("blocks.0.hook_resid_post: error TOOL-INPUT: it has the number ")
                    .hasMessageContaining(", and float16 does not reach that far; keep it in float32, or in bfloat16");
            try (Capture capture = model.run(BATCH, large.keptAs(KeptType.BFLOAT16))) {
                assertThat(capture.toArray(STREAM)[0]).isFinite();
            }
        }
    }

    /** Row 1 has real tokens at columns 1 to 3 alone, row 0 at 0 to 4; the first number of all is infinite anyway. */
    @ParameterizedTest
    @CsvSource({
        "blocks.0.hook_resid_post, all, 1 0 1, false",
        "blocks.0.hook_resid_post, all, 0 5 0, false",
        "blocks.0.hook_resid_post, all, 0 0 1, true",
        "blocks.0.hook_resid_post, first, 1 0 1, true",
        "blocks.0.attn.hook_attn_scores, all, 1 1 1 4, false",
        "blocks.0.attn.hook_attn_scores, all, 1 1 4 1, false",
        "blocks.0.attn.hook_attn_scores, all, 1 1 1 3, true",
        "blocks.0.attn.hook_attn_scores, first, 1 1 0 4, false",
        "blocks.0.attn.hook_attn_scores, first, 0 1 0 4, true",
        "pooler_output, all, 1 1, true"
    })
    void onlyRealTokensMustFitFloat16(String name, String positions, String place, boolean refused) {
        HookName hook = HookName.parse(name);
        Positions kept = positions.equals("all") ? Positions.all() : Positions.first();
        long columns = kept.count(BATCH.columns());
        Shape shape =
                switch (hook.point().axes().size()) {
                    case 2 -> new Shape(2, 2);
                    case 3 -> new Shape(2, columns, 2);
                    default -> new Shape(2, 2, columns, BATCH.columns());
                };
        float[] numbers = new float[(int) shape.size()];
        int at = 0;
        String[] indices = place.split(" ");
        for (int axis = 0; axis < indices.length; axis++) {
            at = at * (int) shape.get(axis) + Integer.parseInt(indices[axis]);
        }
        numbers[0] = Float.POSITIVE_INFINITY;
        numbers[at] = -1e6f;
        KeptPart part = new KeptPart(BATCH, ForwardRequest.keep(hook).at(kept).keptAs(KeptType.FLOAT16));
        try (NDManager manager = EngineBootstrap.start(1).newBaseManager()) {
            NDArray wide = manager.create(numbers);
            if (refused) {
                assertThatThrownBy(() -> part.narrowed(hook, wide, shape))
                        .hasMessageStartingWith(name + ": error TOOL-INPUT: it has the number 1000000")
                        .hasMessageContaining("float16 does not reach that far");
            } else {
                assertThat(part.narrowed(hook, wide, shape).toFloatArray()[0]).isInfinite();
            }
        }
    }

    /** Keys at padding, changed in a pass. */
    @Test
    void aPassWithLargeNumbersAtPaddingIsKept() {
        HookName scores = HookName.of(HookPoint.ATTN_SCORES, 0);
        TokenBatch rightPadded = TokenBatch.of(
                new int[][] {{7, 9, 11, 5, 6, 0}, {8, 6, 7, 0, 0, 0}},
                new boolean[][] {{true, true, true, true, true, false}, {true, true, true, false, false, false}});
        try (HookedModel model = open("gpt2", ComputeType.FLOAT32)) {
            Intervention padded =
                    Intervention.everywhere(scores, new Edit.Scale(1e9)).inUnits(5);
            ForwardRequest request =
                    ForwardRequest.keep(scores).with(List.of(padded)).keptAs(KeptType.FLOAT16);
            try (Capture capture = model.run(rightPadded, request)) {
                assertThat(capture.toArray(scores)).contains(Float.POSITIVE_INFINITY);
            }
            assertThatThrownBy(() -> model.run(rightPadded, request.with(List.of(padded.inUnits(3)))))
                    .hasMessageContaining("float16 does not reach that far");
        }
    }

    @Test
    void aRowWithoutAPositionThatIsAskedForIsAnError() {
        try (HookedModel model = open("gpt2", ComputeType.FLOAT32)) {
            ForwardRequest fourth = ForwardRequest.keep(STREAM).at(Positions.at(3));
            assertThatThrownBy(() -> model.run(BATCH, fourth))
                    .hasMessage("row 1 of the batch: error TOOL-INPUT: it has 3 tokens, and position 3 is asked for;"
                            + " ask for positions that every row has, counted from 0, or for the last");
        }
    }

    @Test
    void aSpanBeyondEveryTextIsAnErrorBeforeRoomIsMadeForIt() {
        try (HookedModel model = open("gpt2", ComputeType.FLOAT32)) {
            ForwardRequest endless = ForwardRequest.keep(STREAM).at(Positions.span(1, Integer.MAX_VALUE));
            assertThatThrownBy(() -> model.run(BATCH, endless))
                    .hasMessageStartingWith("row 0 of the batch: error TOOL-INPUT: it has 5 tokens, and position 5 is");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCacheKeepsPartsApartAndGivesThemBack(KeptType type) {
        ActivationCache cache = new ActivationCache(new CacheSettings(temp.resolve("cache"), 1 << 20, 1L << 30));
        try (HookedModel model = open("gpt2", ComputeType.FLOAT32)) {
            PassMemory memory = new PassMemory(model, cache, new NumericSetup("cpu", 1), () -> {});
            ForwardRequest whole =
                    ForwardRequest.keep(model.description().architecture().hookNames());
            memory.run(BATCH, whole).close();
            ForwardRequest part = whole.keptAs(type).at(Positions.span(0, 2));
            assertThat(memory.find(BATCH, part)).isEmpty();
            long before = cache.info().bytes();
            try (Capture fresh = memory.run(BATCH, part);
                    Capture found = memory.find(BATCH, part).orElseThrow()) {
                long numbers = 0;
                for (HookName hook : part.hooks()) {
                    assertThat(found.get(hook).shape())
                            .isEqualTo(fresh.get(hook).shape());
                    assertThat(found.toArray(hook)).isEqualTo(fresh.toArray(hook));
                    assertThat(found.get(hook).dup('c').data().asFloat()).isEqualTo(fresh.toArray(hook));
                    numbers += fresh.toArray(hook).length;
                }
                assertThat(cache.info().bytes() - before)
                        .isBetween(numbers * type.bytes(), numbers * type.bytes() + 4096);
            }
        }
    }
}
