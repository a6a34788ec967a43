package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.BlockForm;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.model.GoldenFolder.GoldenBatch;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every family gives, at every hook point, the numbers that Hugging Face transformers gives. */
class GoldenTest {
    /** As the goldens' README states it; float64 instead of float32 uses at most 0.06 of it. */
    private static final double TOLERANCE = 2e-4;

    private static final Set<HookPoint> LATER =
            EnumSet.of(HookPoint.ATTN_SCORES, HookPoint.LOG_PROBS, HookPoint.NEXT_TOKEN_LOG_PROB);

    static Stream<Arguments> everyFolderInBothStyles() {
        Stream<Arguments> families = GoldenFolder.models().stream().flatMap(name -> styles(Goldens.FAMILIES, name));
        Stream<Arguments> variants =
                Goldens.VARIANTS.folders().stream().flatMap(name -> styles(Goldens.VARIANTS, name));
        return Stream.concat(families, variants);
    }

    private static Stream<Arguments> styles(Goldens kind, String folder) {
        return Stream.of(Arguments.of(kind, folder, false), Arguments.of(kind, folder, true));
    }

    static List<String> everyFolder() {
        return GoldenFolder.models();
    }

    @ParameterizedTest
    @MethodSource("everyFolderInBothStyles")
    void agreesWithTheReferenceAtEveryHookPoint(Goldens kind, String folder, boolean otherConfig, @TempDir Path temp) {
        GoldenFolder golden = GoldenFolder.open(kind, folder, temp);
        compare(otherConfig ? golden.withOtherConfig() : golden, ComputeType.FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("everyFolder")
    void agreesWithTheReferenceInFloat64(String folder, @TempDir Path temp) {
        compare(GoldenFolder.open(Goldens.FAMILIES, folder, temp), ComputeType.FLOAT64);
    }

    private static void compare(GoldenFolder golden, ComputeType type) {
        List<String> misses = new ArrayList<>();
        try (HookedModel model = golden.model(ComputeOptions.cpu(1).in(type))) {
            for (GoldenBatch batch : golden.batches()) {
                compare(golden, batch, model, misses);
            }
        }
        assertThat(misses).isEmpty();
    }

    private static void compare(GoldenFolder golden, GoldenBatch batch, HookedModel model, List<String> misses) {
        Architecture architecture = model.description().architecture();
        Set<HookName> expected = new TreeSet<>();
        batch.expected().keySet().forEach(name -> expected.add(HookName.parse(name)));
        if (batch.hooks().equals("all")) {
            assertThat(expected).containsAll(compared(architecture)).isSubsetOf(architecture.hookNames());
        }
        try (Capture capture = model.run(batch.batch(), ForwardRequest.keep(architecture.hookNames()))) {
            for (HookName name : expected) {
                String tensor = batch.expected().get(name.toString());
                INDArray actual = capture.get(name);
                assertThat(actual.shape()).as(tensor).isEqualTo(golden.shape(tensor));
                worst(name, actual, golden.values(tensor), batch.batch(), tensor, misses);
            }
        }
    }

    /** Every hook point of a model but those that the older goldens lack. */
    private static Set<HookName> compared(Architecture architecture) {
        Set<HookName> names = new TreeSet<>(architecture.hookNames());
        names.removeIf(name -> LATER.contains(name.point()));
        if (architecture.block().form() != BlockForm.STREAM_POST_NORM) {
            names.removeIf(
                    name -> name.point() == HookPoint.LN1_NORMALIZED || name.point() == HookPoint.LN2_NORMALIZED);
        }
        return names;
    }

    private static void worst(
            HookName name, INDArray actual, float[] expected, TokenBatch batch, String tensor, List<String> misses) {
        double worst = 0;
        int at = -1;
        double[] values = actual.dup('c').data().asDouble();
        long[] shape = actual.shape();
        for (int i = 0; i < expected.length; i++) {
            if (!meaningful(name, i, shape, batch)) {
                continue;
            }
            double miss = Math.abs(values[i] - expected[i]) / (TOLERANCE + TOLERANCE * Math.abs(expected[i]));
            if (!(miss <= worst)) {
                worst = miss;
                at = i;
            }
        }
        if (!(worst <= 1)) {
            misses.add(String.format(
                    "%s: %.3g times the tolerance at %d: %s, not %s", tensor, worst, at, values[at], expected[at]));
        }
    }

    /** Whether an element belongs to a real token; see the goldens' README. */
    static boolean meaningful(HookName name, int index, long[] shape, TokenBatch batch) {
        List<Axis> axes = name.point().axes();
        int[] place = new int[shape.length];
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] = (int) (rest % shape[axis]);
            rest /= (int) shape[axis];
        }
        int posAxis = axes.contains(Axis.POS) ? axes.indexOf(Axis.POS) : axes.indexOf(Axis.QUERY_POS);
        boolean key = name.point() != HookPoint.ATTN_SCORES || batch.real(place[0], place[axes.indexOf(Axis.KEY_POS)]);
        return key && batch.real(place[0], posAxis < 0 ? 0 : place[posAxis]);
    }
}
