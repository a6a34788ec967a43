package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Components give the attention scores of a forward pass, for every family and at several distances: the passes themselves are held
 * against Hugging Face transformers by the same folders.
 */
class FamilyScoresTest {

    private static final int[] IDS = {5, 17, 40, 99, 120, 203};

    /** Of the goldens: {@code |a - b| <= 2e-4 + 2e-4 |b|}. */
    private static final double TOLERANCE = 2e-4;

    @TempDir
    private Path directory;

    static Stream<Arguments> folders() {
        return Stream.of(Goldens.values()).flatMap(kind -> kind.folders().stream()
                .filter(name -> !name.equals("minilm"))
                .map(name -> Arguments.of(kind, name)));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void componentsGiveTheScoresOfTheForwardPass(Goldens kind, String folder) {
        try (HookedModel model = OpenedModel.in(kind.copy(folder, directory))) {
            int blocks = model.description().architecture().dims().nLayers();
            for (int block = 0; block < blocks; block++) {
                compare(model, block);
            }
        }
    }

    private static void compare(HookedModel model, int block) {
        Architecture architecture = model.description().architecture();
        BlockAttention attention = BlockAttention.read(new BlockWeights(model.weights(), architecture, block));
        boolean[] real = new boolean[IDS.length];
        Arrays.fill(real, true);
        ForwardRequest request = ForwardRequest.keep(
                HookName.of(HookPoint.RESID_PRE, block),
                HookName.of(HookPoint.Q, block),
                HookName.of(HookPoint.K, block),
                HookName.of(HookPoint.ATTN_SCORES, block));
        try (Capture capture = model.run(TokenBatch.of(new int[][] {IDS}, new boolean[][] {real}), request)) {
            HeapMatrix stream = rows(capture, HookPoint.RESID_PRE, block);
            HeapMatrix x =
                    AttentionInput.normed(attention.input().norm(), stream).withOnes();
            int dHead = architecture.dims().dHead();
            HeapMatrix querySizes = attention.queryNorms().apply(rows(capture, HookPoint.Q, block), dHead);
            HeapMatrix keySizes = attention.keyNorms().apply(rows(capture, HookPoint.K, block), dHead);
            float[] expected = rows(capture, HookPoint.ATTN_SCORES, block).values();
            for (int distance : new int[] {0, 1, 3, -2}) {
                BlockSubspaces extraction = new BlockSubspaces(
                        new Nd4jLinearAlgebra(1), SeededRandom.of(1), dHead, true, new Distance(distance, IDS.length));
                BlockSubspaces.Found found = extraction.of(block, attention);
                assertThat(found.errors()).allSatisfy(error -> assertThat(error).isLessThan(1e-5));
                for (int query = Math.max(0, distance); query < IDS.length + Math.min(0, distance); query++) {
                    int key = query - distance;
                    for (HeadSubspace head : found.heads()) {
                        int keyHead = Side.KEY.headFor(head.head(), architecture.dims());
                        double sizes = (double) querySizes.at(query, head.head()) * keySizes.at(key, keyHead);
                        double score =
                                capped(architecture, attention.layer().scoreScale() * sum(head, x, query, key) / sizes);
                        double wanted = expected[(head.head() * IDS.length + query) * IDS.length + key];
                        assertThat(score)
                                .as("block %d, head %d, query %d, key %d", block, head.head(), query, key)
                                .isCloseTo(wanted, within(TOLERANCE + TOLERANCE * Math.abs(wanted)));
                    }
                }
            }
        }
    }

    private static double sum(HeadSubspace head, HeapMatrix x, int query, int key) {
        double sum = 0;
        for (int k = 0; k < head.query().rows(); k++) {
            sum += head.values()[k] * Vectors.dot(x, query, head.query(), k) * Vectors.dot(x, key, head.key(), k);
        }
        return sum;
    }

    private static double capped(Architecture architecture, double score) {
        return architecture.attention().scoreSoftCap().isPresent()
                ? architecture.attention().scoreSoftCap().getAsDouble()
                        * Math.tanh(
                                score / architecture.attention().scoreSoftCap().getAsDouble())
                : score;
    }

    /** The tensor of one row of a batch, positions (or heads) first, the rest side by side. */
    private static HeapMatrix rows(Capture capture, HookPoint point, int block) {
        var array = capture.get(HookName.of(point, block));
        long first = array.size(1);
        return HeapMatrix.copyOf(array.reshape('c', first, array.length() / first));
    }
}
