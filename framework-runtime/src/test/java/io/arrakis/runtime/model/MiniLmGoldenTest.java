package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The real all-MiniLM-L6-v2, from text to activations, gives the numbers that Hugging Face transformers gives. */
class MiniLmGoldenTest {

    /** As the golden's README states it. */
    private static final double TOLERANCE = 1e-4;

    private static final List<String> TEXTS = List.of(
            "The bank raised its interest rates.", "We sat on the bank of the river, watching na\u00efve ducks!");
    private static final String PREFIX = "texts.";

    private static HookedModel model;

    @BeforeAll
    static void open() {
        ModelContext context = new ModelContext(Path.of("."), GoldenFolders.cache());
        model = Models.open(
                Checkpoints.builtIn().open(new ModelSpec.Named("minilm"), context),
                ModelFamilies.builtIn(),
                ComputeOptions.cpu(1));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void agreesWithTheReferenceAtEveryHookPoint() {
        SafetensorsFile expected =
                SafetensorsFile.open(GoldenFolders.folder("minilm").resolve("expected.safetensors"));
        List<Encoding> texts = TEXTS.stream()
                .map(text -> model.tokenizer().encode(text, SpecialTokens.ADD))
                .toList();
        TokenBatch batch = TokenBatch.rightPadded(texts, model.tokenizer().padId());
        List<HookName> hooks = expected.entries().keySet().stream()
                .map(name -> HookName.parse(name.substring(PREFIX.length())))
                .toList();
        assertThat(hooks).hasSizeGreaterThan(25);

        try (Capture capture = model.run(batch, ForwardRequest.keep(hooks))) {
            for (HookName hook : hooks) {
                compare(hook, capture.get(hook), expected.floats(PREFIX + hook), batch);
            }
        }
    }

    private static void compare(HookName hook, INDArray actual, float[] expected, TokenBatch batch) {
        float[] values = actual.dup('c').data().asFloat();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            if (isReal(hook, i, actual.shape(), batch)) {
                double miss = Math.abs(values[i] - expected[i]);
                assertThat(miss)
                        .as("%s at %d: %s, expected %s", hook, i, values[i], expected[i])
                        .isLessThanOrEqualTo(TOLERANCE + TOLERANCE * Math.abs(expected[i]));
            }
        }
    }

    /** Whether an element belongs to a token that is not padding. */
    private static boolean isReal(HookName hook, int index, long[] shape, TokenBatch batch) {
        int axis = Math.max(
                hook.point().axes().indexOf(Axis.POS), hook.point().axes().indexOf(Axis.QUERY_POS));
        long elements = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
        int row = (int) (index / elements);
        if (axis < 0) {
            return true;
        }
        long below = Arrays.stream(shape).skip(axis + 1L).reduce(1, Math::multiplyExact);
        return batch.real(row, (int) (index / below % shape[axis]));
    }
}
