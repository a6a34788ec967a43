package io.arrakis.runtime.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.model.GoldenFolders;
import io.arrakis.testkit.Goldens;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomCheckpointTest {

    private static final String TABLE = "bert.embeddings.word_embeddings.weight";

    private static final Path CACHE = GoldenFolders.cache();

    private Checkpoint like(String golden, long seed) {
        ModelSpec spec = new ModelSpec.RandomLike(GoldenFolders.folder(golden).toString(), seed);
        return Checkpoints.builtIn().open(spec, new ModelContext(CACHE, CACHE));
    }

    private Checkpoint minilm(long seed) {
        return Checkpoints.builtIn().open(new ModelSpec.RandomLike("minilm", seed), new ModelContext(CACHE, CACHE));
    }

    private static float[] numbers(Checkpoint checkpoint, String tensor, long first, int count) {
        FloatBuffer numbers = FloatBuffer.allocate(count);
        checkpoint.tensors().read(tensor, first, numbers);
        return numbers.array();
    }

    private static float[] numbers(Checkpoint checkpoint, String tensor) {
        return numbers(checkpoint, tensor, 0, (int)
                checkpoint.tensors().catalog().get(tensor).size());
    }

    private static double deviation(float[] values) {
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double squares = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .sum();
        return Math.sqrt(squares / values.length);
    }

    /** Written down from a first run: if they change, every control of every experiment changes. */
    @Test
    void givesTheSameNumbersOnEveryMachine() {
        assertThat(numbers(like("bert", 1), TABLE, 0, 3)).containsExactly(-0.025589395f, -0.024561128f, -0.028878761f);
    }

    @Test
    void drawsMatricesNormallyAndLeavesBiasesAndNormsAlone() {
        try (Checkpoint checkpoint = minilm(1)) {
            float[] table = numbers(checkpoint, TABLE, 0, 2_000_000);

            assertThat(deviation(table)).isCloseTo(0.02, within(0.0001));
            assertThat(IntStream.range(0, table.length)
                            .mapToDouble(i -> table[i])
                            .average()
                            .orElseThrow())
                    .isCloseTo(0, within(0.0001));
            assertThat(IntStream.range(0, table.length)
                                    .filter(i -> Math.abs(table[i]) > 0.04)
                                    .count()
                            / 2e6)
                    .as("share beyond two deviations")
                    .isCloseTo(0.0455, within(0.001));
            assertThat(numbers(checkpoint, "bert.encoder.layer.3.output.LayerNorm.weight"))
                    .containsOnly(1);
            assertThat(numbers(checkpoint, "bert.encoder.layer.3.output.LayerNorm.bias"))
                    .containsOnly(0);
            assertThat(numbers(checkpoint, "bert.encoder.layer.3.output.dense.bias"))
                    .containsOnly(0);
        }
    }

    @Test
    void knowsWhereFamiliesInitialiseInAnotherWay() {
        try (Checkpoint gpt2 = like("gpt2", 1)) {
            assertThat(deviation(numbers(gpt2, "transformer.h.0.mlp.c_fc.weight")))
                    .isCloseTo(0.02, within(0.001));
            assertThat(deviation(numbers(gpt2, "transformer.h.0.mlp.c_proj.weight")))
                    .isCloseTo(0.01, within(0.0005));
            assertThat(deviation(numbers(gpt2, "transformer.h.1.attn.c_proj.weight")))
                    .isCloseTo(0.01, within(0.001));
        }
        try (Checkpoint gemma = like("gemma2", 1)) {
            assertThat(numbers(gemma, "model.layers.0.post_attention_layernorm.weight"))
                    .containsOnly(0);
            assertThat(numbers(gemma, "model.norm.weight")).containsOnly(0);
        }
        assertThat(numbers(like("llama", 1), "model.norm.weight")).containsOnly(1);
        assertThat(numbers(like("qwen3", 1), "model.layers.1.self_attn.q_norm.weight"))
                .containsOnly(1);
    }

    @Test
    void givesEveryPartAsInTheWhole() {
        try (Checkpoint checkpoint = minilm(1)) {
            float[] whole = numbers(checkpoint, TABLE, 0, 300_000);
            long before = checkpoint.tensors().bytesRead();

            assertThat(numbers(checkpoint, TABLE, 131_000, 100))
                    .containsExactly(Arrays.copyOfRange(whole, 131_000, 131_100));
            assertThat(numbers(checkpoint, TABLE, 65_500, 100_000))
                    .containsExactly(Arrays.copyOfRange(whole, 65_500, 165_500));
            assertThat(checkpoint.tensors().bytesRead() - before).isEqualTo(4 * 100_100);
        }
    }

    @Test
    void differsBySeedAndTensor() {
        String query = "bert.encoder.layer.0.attention.self.query.weight";
        String key = "bert.encoder.layer.0.attention.self.key.weight";

        assertThat(numbers(like("bert", 1), query)).isEqualTo(numbers(like("bert", 1), query));
        assertThat(numbers(like("bert", 2), query)).isNotEqualTo(numbers(like("bert", 1), query));
        assertThat(numbers(like("bert", 1), key)).isNotEqualTo(numbers(like("bert", 1), query));
        assertThat(like("bert", 1).fingerprint()).isEqualTo(like("bert", 1).fingerprint());
        assertThat(like("bert", 2).fingerprint()).isNotEqualTo(like("bert", 1).fingerprint());
        assertThat(minilm(1).fingerprint()).isNotEqualTo(like("bert", 1).fingerprint());
    }

    @Test
    void hasTheTokenizerAndTheHeadsOfTheOther() {
        try (Checkpoint random = like("bert", 1)) {
            assertThat(random.tokenizer().encode("the", SpecialTokens.NONE).tokens())
                    .containsExactly("the");
            assertThat(random.tensors().catalog()).containsKey("cls.seq_relationship.weight");
            assertThat(random.name()).contains("bert").endsWith(" with random weights, seed 1");
        }
        try (Checkpoint random = minilm(1)) {
            assertThat(random.tensors().catalog())
                    .containsKey("bert.pooler.dense.weight")
                    .doesNotContainKey("cls.seq_relationship.weight");
        }
    }

    @Test
    void isMadeFromAConfigurationAlone() {
        Path config = GoldenFolders.folder("bert").resolve("config.json");
        ModelContext context = new ModelContext(config.getParent(), CACHE);
        try (Checkpoint random = Checkpoints.builtIn().open(new ModelSpec.RandomConfig("config.json", 1), context)) {
            assertThat(numbers(random, TABLE)).isEqualTo(numbers(like("bert", 1), TABLE));
            assertThat(random.tokenizer().vocabularySize()).isEqualTo(300);
        }
    }

    @Test
    void saysWhichConfigurationIsMissing() {
        ModelSpec spec = new ModelSpec.RandomConfig("none/config.json", 1);

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> Checkpoints.builtIn().open(spec, new ModelContext(CACHE, CACHE)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING))
                .withMessageContaining(CACHE.resolve("none/config.json").toString());
    }

    static Stream<String> families() {
        return Goldens.FAMILIES.folders().stream()
                .filter(folder -> Files.exists(GoldenFolders.folder(folder).resolve("config.json")));
    }

    /** The shapes are those of the files that transformers writes. */
    @ParameterizedTest
    @MethodSource("families")
    void hasTheTensorsThatTransformersWrites(String folder) {
        Map<String, TensorInfo> written = DirectoryCheckpoint.open(
                        folder, GoldenFolders.folder(folder), new ModelContext(CACHE, CACHE))
                .tensors()
                .catalog();
        Map<String, TensorInfo> made = like(folder, 1).tensors().catalog();

        assertThat(made).isNotEmpty();
        made.forEach((name, info) -> {
            TensorInfo expected = written.getOrDefault(name, written.get(olderName(name)));
            assertThat(expected).as(name).isNotNull();
            assertThat(info.shape()).as(name).isEqualTo(expected.shape());
        });
    }

    /** Files that are older, or hold a parameter only once that has two names, call some tensors otherwise. */
    private static String olderName(String name) {
        return name.replace("LayerNorm.weight", "LayerNorm.gamma")
                .replace("LayerNorm.bias", "LayerNorm.beta")
                .replace("decoder.bias", "bias");
    }
}
