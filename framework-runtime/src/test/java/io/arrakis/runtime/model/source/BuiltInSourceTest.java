package io.arrakis.runtime.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.model.GoldenFolders;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected numbers were read from the artifacts by the {@code onnx} package 1.19 and NumPy. */
class BuiltInSourceTest {

    private static Checkpoint open(String name) {
        return new BuiltInSource().open(name, new ModelContext(Path.of("."), GoldenFolders.cache()));
    }

    private static float[] numbers(Checkpoint checkpoint, String tensor, long first, int count) {
        FloatBuffer numbers = FloatBuffer.allocate(count);
        checkpoint.tensors().read(tensor, first, numbers);
        return numbers.array();
    }

    @ParameterizedTest
    @CsvSource({
        "minilm, embeddings.word_embeddings.weight, 3906816, 0.00244926568120718, -0.05414155125617981, 138.05072214923618",
        "minilm, encoder.layer.0.attention.self.key.weight, 49152, -0.18163971602916718, 0.058831892907619476, -36.87921698090963",
        "minilm, encoder.layer.5.intermediate.dense.weight, 196608, -0.05473983660340309, 0.03271332383155823, 177.49087667675633",
        "minilm, encoder.layer.5.output.dense.weight, 196608, -0.014297313056886196, -0.048826027661561966, -53.19849107446487",
        "minilm, encoder.layer.5.output.LayerNorm.bias, 128, 0.00512688746675849, 0.03676523268222809, 7.2105114300965525",
        "bge-small-en, embeddings.word_embeddings.weight, 3906816, -0.018463134765625, 0.01110076904296875, -170.41920959949493",
        "bge-small-en, encoder.layer.0.attention.self.key.weight, 49152, -0.17431640625, 0.02252197265625, -55.63623797893524",
        "bge-small-en, encoder.layer.11.output.dense.weight, 196608, -0.002040863037109375, -1.1920928955078125e-05, 28.862575471401215"
    })
    void hasTheNumbersOfTheArtifactInPyTorchsLayout(
            String name, String tensor, long index, float one, float next, double sum) {
        try (Checkpoint checkpoint = open(name)) {
            int size = (int) checkpoint.tensors().catalog().get(tensor).size();

            assertThat(numbers(checkpoint, tensor, index, 2)).containsExactly(one, next);
            float[] all = numbers(checkpoint, tensor, 0, size);
            assertThat(IntStream.range(0, size).mapToDouble(i -> all[i]).sum()).isCloseTo(sum, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"minilm, 6, 22713216, true", "bge-small-en, 12, 33212160, false"})
    void isABertOfThePublishedSize(String name, int layers, long parameters, boolean pooler) {
        try (Checkpoint checkpoint = open(name)) {
            ModelDescription description = Models.describe(checkpoint, ModelFamilies.builtIn());

            assertThat(description.name()).isEqualTo(name);
            assertThat(description.family()).isEqualTo("bert");
            assertThat(description.architecture().dims().nLayers()).isEqualTo(layers);
            assertThat(description.architecture().dims().nCtx()).isEqualTo(512);
            assertThat(description.architecture().head().pooler()).isEqualTo(pooler);
            assertThat(description.parameterCount()).isEqualTo(parameters);
            assertThat(checkpoint.tensors().bytesRead()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"minilm", "bge-small-en"})
    void isDescribedWithoutBeingUnpacked(String name, @TempDir Path fresh) {
        ModelContext context = new ModelContext(Path.of("."), fresh.resolve("cache"));
        try (Checkpoint checkpoint = new BuiltInSource().open(name, context)) {
            Models.describe(checkpoint, ModelFamilies.builtIn());

            assertThat(fresh.resolve("cache")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({"minilm", "bge-small-en"})
    void knowsWhatItsFilesHave(String name) {
        BuiltInModel model = BuiltInModel.named(name).orElseThrow();
        ModelContext context = new ModelContext(Path.of("."), GoldenFolders.cache());
        Path directory = UnpackedModel.directory(model, context.cacheDirectory());
        try (Checkpoint unpacked = DirectoryCheckpoint.open(name, directory, context)) {
            assertThat(unpacked.tensors().catalog()).isEqualTo(model.catalog());
        }
    }

    @Test
    void tokenizesAsTheGoldenDoes() throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(GoldenFolders.folder("minilm").resolve("inputs.json").toFile());
        JsonNode batch = golden.path("batches").path(0);
        try (Checkpoint checkpoint = open("minilm")) {
            for (int row = 0; row < golden.path("texts").size(); row++) {
                JsonNode ids = batch.path("input_ids").path(row);
                JsonNode mask = batch.path("attention_mask").path(row);
                int[] expected = IntStream.range(0, ids.size())
                        .filter(position -> mask.path(position).asInt() == 1)
                        .map(position -> ids.path(position).asInt())
                        .toArray();
                String text = golden.path("texts").path(row).asText();

                assertThat(checkpoint
                                .tokenizer()
                                .encode(text, SpecialTokens.ADD)
                                .ids())
                        .containsExactly(expected);
            }
        }
    }

    @Test
    void doesNotCutAtTheLengthThatItsTokenizerFileSays() {
        try (Checkpoint checkpoint = open("minilm")) {
            assertThat(checkpoint
                            .tokenizer()
                            .encode("duck ".repeat(300), SpecialTokens.ADD)
                            .size())
                    .isEqualTo(302);
            assertThat(checkpoint.tokenizer().encode("duck", SpecialTokens.ADD).size())
                    .isEqualTo(3);
        }
    }

    @Test
    void clearsAwayWhatAProcessLeftThatDied(@TempDir Path fresh) throws IOException {
        Path abandoned = Files.createDirectories(fresh.resolve("models/.minilm-0.x.partial"));
        Path inTheMaking = Files.createDirectories(fresh.resolve("models/.minilm-0.y.partial"));
        Files.writeString(abandoned.resolve("model.safetensors"), "a part");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        UnpackedModel.directory(BuiltInModel.MINILM, fresh);

        assertThat(abandoned).doesNotExist();
        assertThat(inTheMaking).exists();
    }

    @Test
    void isUnpackedOnceHoweverManyOpenItAtATime(@TempDir Path fresh) throws IOException {
        ModelContext context = new ModelContext(Path.of("."), fresh);
        List<String> fingerprints = IntStream.range(0, 3)
                .parallel()
                .mapToObj(i -> new BuiltInSource().open("minilm", context).fingerprint())
                .toList();

        assertThat(fingerprints).containsOnly(fingerprints.get(0));
        try (Stream<Path> models = Files.list(fresh.resolve("models"))) {
            assertThat(models).hasSize(1);
        }
    }

    @Test
    void saysThatTheCacheCannotBeWritten(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("cache"), "a file");

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> new BuiltInSource()
                        .open("minilm", new ModelContext(Path.of("."), file))
                        .tokenizer())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DIRECTORY))
                .withMessageContaining(file.toString());
    }
}
