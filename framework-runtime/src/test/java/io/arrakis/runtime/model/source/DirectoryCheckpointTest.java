package io.arrakis.runtime.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.TensorPart;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.runtime.safetensors.SafetensorsWriter;
import io.arrakis.runtime.safetensors.TensorEntry;
import io.arrakis.runtime.safetensors.TensorSpec;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryCheckpointTest {

    private static final String QUERY = "bert.encoder.layer.0.attention.self.query.weight";

    @TempDir
    private Path base;

    private Path model;

    @BeforeEach
    void copyBert() throws IOException {
        model = golden("bert");
    }

    private Path golden(String name) throws IOException {
        return Goldens.FAMILIES.copy(name, Files.createDirectory(base.resolve(name)));
    }

    private Checkpoint open(String reference) {
        ModelContext context = new ModelContext(base, base.resolve("cache"));
        return Checkpoints.builtIn().open(new ModelSpec.Named(reference), context);
    }

    private static float[] numbers(Checkpoint checkpoint, String tensor) {
        FloatBuffer numbers = FloatBuffer.allocate(
                (int) checkpoint.tensors().catalog().get(tensor).size());
        checkpoint.tensors().read(tensor, 0, numbers);
        return numbers.array();
    }

    @Test
    void readsNoMoreThanIsAskedFor() {
        try (Checkpoint checkpoint = open("bert")) {
            assertThat(checkpoint.tensors().catalog()).containsEntry(QUERY, new TensorInfo("F32", List.of(32L, 32L)));
            FloatBuffer row = FloatBuffer.allocate(32);
            checkpoint.tensors().read(QUERY, 64, row);

            assertThat(checkpoint.tensors().bytesRead()).isEqualTo(32 * 4);
            assertThat(row.array()).containsExactly(java.util.Arrays.copyOfRange(numbers(checkpoint, QUERY), 64, 96));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> checkpoint.tensors().read(QUERY, 1000, FloatBuffer.allocate(25)));
        }
    }

    @Test
    void readsShardsThatAnIndexNames() throws IOException {
        golden("llama_bf16_sharded");
        try (Checkpoint checkpoint = open("./llama_bf16_sharded")) {
            assertThat(checkpoint.tensors().catalog()).hasSizeGreaterThan(27);
            assertThat(checkpoint
                            .tensors()
                            .catalog()
                            .get("model.layers.2.mlp.up_proj.weight")
                            .type())
                    .isEqualTo("BF16");
            assertThat(numbers(checkpoint, "model.layers.2.mlp.up_proj.weight")).doesNotContain(Float.NaN);
            assertThat(checkpoint.tensors().bytesRead()).isEqualTo(64 * 32 * 2);
        }
    }

    @Test
    void refusesToReadBuffersAsWeights() throws IOException {
        golden("gpt_neox");
        try (Checkpoint checkpoint = open("gpt_neox")) {
            String mask = checkpoint.tensors().catalog().entrySet().stream()
                    .filter(entry -> entry.getValue().type().equals("BOOL"))
                    .findFirst()
                    .orElseThrow()
                    .getKey();

            assertThatExceptionOfType(ArrakisException.class)
                    .isThrownBy(() -> numbers(checkpoint, mask))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_FILE))
                    .withMessageContaining("holds BOOL");
        }
    }

    @Test
    void fingerprintIsOfTheContentAndNotOfThePlace() throws IOException {
        Path copy = Goldens.FAMILIES.copy("bert", Files.createDirectory(base.resolve("copy")));
        Path sharded = Goldens.FAMILIES.copy("bert", Files.createDirectory(base.resolve("sharded")));
        shard(sharded);

        String expected = open("bert").fingerprint();

        assertThat(expected).matches("[0-9a-f]{64}");
        assertThat(open(copy.toString()).fingerprint()).isEqualTo(expected);
        assertThat(open(sharded.toString()).fingerprint()).isEqualTo(expected);
    }

    /** Writes the weights as two files with an index. */
    private static void shard(Path directory) throws IOException {
        SafetensorsFile whole = SafetensorsFile.open(directory.resolve("model.safetensors"));
        List<String> map = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            String name = "model-" + half + ".safetensors";
            int parity = half;
            List<TensorEntry> entries = whole.entries().values().stream()
                    .filter(entry -> Math.floorMod(entry.name().hashCode(), 2) == parity)
                    .toList();
            List<TensorSpec> specs = entries.stream()
                    .map(entry -> new TensorSpec(entry.name(), entry.dtype(), entry.shape()))
                    .toList();
            try (SafetensorsWriter writer = SafetensorsWriter.create(directory.resolve(name), specs, Map.of())) {
                for (TensorEntry entry : entries) {
                    writer.appendBytes(entry.name(), whole.bytes(entry.name(), 0, (int) entry.elements()));
                    map.add("\"" + entry.name() + "\": \"" + name + "\"");
                }
                writer.commit();
            }
        }
        Files.writeString(
                directory.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + String.join(",", map) + "}}");
        Files.delete(directory.resolve("model.safetensors"));
    }

    @Test
    void fingerprintChangesWithOneBitOfAWeightThatItCovers() throws IOException {
        String all = open("bert").fingerprint();
        String query = open("bert").fingerprint(whole(QUERY));
        String pooler = open("bert").fingerprint(whole("bert.pooler.dense.bias"));
        flipLastBit(model.resolve("model.safetensors"), QUERY);

        assertThat(open("bert").fingerprint()).isNotEqualTo(all);
        assertThat(open("bert").fingerprint(whole(QUERY))).isNotEqualTo(query);
        assertThat(open("bert").fingerprint(whole("bert.pooler.dense.bias"))).isEqualTo(pooler);
    }

    private List<TensorPart> whole(String tensor) {
        long size = open("bert").tensors().catalog().get(tensor).size();
        return List.of(TensorPart.whole(tensor, size));
    }

    @Test
    void partsAreHashedAloneAndCountOnceAsRead() throws IOException {
        List<TensorPart> rows = List.of(new TensorPart(QUERY, 32, 32, 64, 4));
        Checkpoint checkpoint = open("bert");
        String before = checkpoint.fingerprint(rows);
        checkpoint.tensors().read(QUERY, 32, FloatBuffer.allocate(64));
        assertThat(checkpoint.tensors().bytesRead()).isEqualTo((4 * 32 + 32) * Float.BYTES);
        assertThat(open("bert").fingerprint(whole(QUERY))).isNotEqualTo(before);

        flipLastBit(model.resolve("model.safetensors"), QUERY);
        assertThat(open("bert").fingerprint(rows)).isEqualTo(before);
    }

    @Test
    void aPartBeyondItsTensorIsRefused() {
        List<TensorPart> beyond = List.of(new TensorPart(QUERY, 1000, 25, 25, 1));
        assertThatThrownBy(() -> open("bert").fingerprint(beyond)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void flipLastBit(Path file, String tensor) throws IOException {
        TensorEntry entry = SafetensorsFile.open(file).entry(tensor);
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (entry.offset() + entry.bytes() - 4)] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void fingerprintChangesWithWhatTheConfigurationSaysNotWithHowItIsWritten() throws IOException {
        String before = open("bert").fingerprint();
        Path config = model.resolve("config.json");
        String text = Files.readString(config);

        Files.writeString(config, text.replace("\n", "\n\n  "));
        assertThat(open("bert").fingerprint()).isEqualTo(before);
        Files.writeString(config, text.replaceFirst("\"layer_norm_eps\": [^,]*", "\"layer_norm_eps\": 0.5"));
        assertThat(open("bert").fingerprint()).isNotEqualTo(before);
    }

    @Test
    void fingerprintSurvivesADamagedMemoryOfIt() throws IOException {
        String before = open("bert").fingerprint();
        try (var remembered = Files.list(base.resolve("cache/fingerprints"))) {
            for (Path file : remembered.toList()) {
                Files.writeString(file, "{\"" + QUERY);
            }
        }

        assertThat(open("bert").fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json | | FILE_MISSING | has no config.json",
                "config.json | { | MODEL_CONFIG | config.json:1:1: error MODEL-CONFIG: the configuration is not a JSON object",
                "config.json | [] | MODEL_CONFIG | the configuration is not a JSON object",
                "config.json | {\"a\": 1, \"a\": 2} | MODEL_CONFIG | Duplicate field 'a'",
                "model.safetensors | | FILE_MISSING | neither model.safetensors nor model.safetensors.index.json",
                "model.safetensors | short | MODEL_FILE | model.safetensors: error MODEL-FILE: damaged file, at byte 0"
            })
    void saysWhatIsWrongWithADirectory(String file, String content, ErrorCode code, String message) throws IOException {
        Files.delete(model.resolve(file));
        if (content != null) {
            Files.writeString(model.resolve(file), content);
        }

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> open("bert"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining(model.toString())
                .withMessageContaining(message);
    }

    @Test
    void refusesPickledWeightsAndSaysHowToConvertThem() throws IOException {
        Files.move(model.resolve("model.safetensors"), model.resolve("pytorch_model.bin"));

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> open("bert"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_FILE))
                .withMessageContaining("pickled (pytorch_model.bin)")
                .withMessageEndingWith("convert them with BertForPreTraining.from_pretrained(DIR).save_pretrained(DIR,"
                        + " safe_serialization=True) of transformers");
    }

    /** AutoModel would leave the head out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model_type\": \"llama\", \"architectures\": [\"LlamaForCausalLM\"]} | LlamaForCausalLM",
                "{\"model_type\": \"llama\"} | AutoModelForCausalLM",
                "{\"model_type\": \"gpt2\", \"architectures\": []} | AutoModelForCausalLM",
                "{\"model_type\": \"gpt2\", \"architectures\": null} | AutoModelForCausalLM",
                "{\"model_type\": \"gpt2\", \"architectures\": [\"x; import os\"]} | AutoModelForCausalLM",
                "{\"model_type\": \"bert\"} | AutoModelForMaskedLM",
                "{\"model_type\": \"roberta\", \"architectures\": \"?\"} | AutoModelForMaskedLM",
                "{\"model_type\": \"bert\", \"is_decoder\": true} | AutoModelForCausalLM"
            })
    void namesTheClassThatConvertsPickledWeightsWithTheirHead(String config, String named) throws IOException {
        Files.move(model.resolve("model.safetensors"), model.resolve("pytorch_model.bin"));
        Files.writeString(model.resolve("config.json"), config);

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> open("bert"))
                .withMessageContaining("convert them with " + named + ".from_pretrained(DIR)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | it has no weight_map",
                "nothing | it is not JSON",
                "{\"weight_map\": {\"a\": \"../bert/other.safetensors\"}} | is no safetensors file beside it",
                "{\"weight_map\": {\"a\": \"none.safetensors\"}} | there is no such file",
                "{\"weight_map\": {\"a\": \"other.safetensors\"}} | which has no such tensor",
                "{\"weight_map\": {\"a\": \"x.safetensors\", \"a\": \"y.safetensors\"}} | it is not JSON"
            })
    void saysWhatIsWrongWithAnIndex(String index, String message) throws IOException {
        Files.move(model.resolve("model.safetensors"), model.resolve("other.safetensors"));
        Files.writeString(model.resolve("model.safetensors.index.json"), index);

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> open("bert"))
                .withMessageContaining(model.toString())
                .withMessageContaining(message);
    }
}
