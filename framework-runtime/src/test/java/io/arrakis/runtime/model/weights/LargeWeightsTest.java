package io.arrakis.runtime.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.model.family.DescribedModel;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights are read in runs, since no buffer holds more than 2 GiB. */
class LargeWeightsTest {

    private static final int ROWS = 140_000;
    private static final int COLUMNS = 4096;

    @TempDir
    private Path temp;

    private Checkpoint open(Path directory) {
        return Checkpoints.builtIn().open(new ModelSpec.Named(directory.toString()), new ModelContext(temp, temp));
    }

    private static ModelWeights weights(Checkpoint checkpoint, int longestRun) {
        DescribedModel model = ModelFamilies.builtIn().describe(checkpoint.config(), checkpoint.tensors());
        return new ModelWeights(
                checkpoint.name(), checkpoint.tensors(), model.family(), model.architecture(), longestRun);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt_neox", "phi3", "llama_bf16_sharded"})
    void theLengthOfARunChangesNothing(String folder) throws IOException {
        try (Checkpoint checkpoint = open(Goldens.FAMILIES.copy(folder, temp))) {
            ModelWeights all = weights(checkpoint, 1 << 28);
            ModelWeights piecewise = weights(checkpoint, 37);
            for (WeightName name : all.names()) {
                try (INDArray expected = all.get(name);
                        INDArray actual = piecewise.get(name)) {
                    assertThat(actual.data().asFloat())
                            .as("%s", name)
                            .isEqualTo(expected.data().asFloat());
                }
            }
        }
    }

    /** A table of 2.3 GB as float32, in a sparse file of bfloat16 whose last number is set. */
    @Tag("full")
    @Test
    void readsATableOfMoreThanTwoGib() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("large"));
        Files.writeString(directory.resolve("config.json"), """
                {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": %d, "num_hidden_layers": 1,
                 "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 8, "vocab_size": %d,
                 "max_position_embeddings": 64, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
                 "tie_word_embeddings": true, "torch_dtype": "bfloat16"}
                """.formatted(COLUMNS, ROWS));
        writeTable(directory.resolve("model.safetensors"));
        try (Checkpoint checkpoint = open(directory);
                INDArray table = weights(checkpoint, 1 << 28).get(WeightName.of(WeightPoint.W_E))) {
            assertThat(table.length()).isEqualTo((long) ROWS * COLUMNS);
            assertThat(table.getFloat(ROWS - 1L, COLUMNS - 1L)).isEqualTo(1.5f);
            assertThat(table.getFloat(ROWS - 1L, COLUMNS - 2L)).isZero();
            assertThat(table.getFloat(0, 0)).isZero();
        }
    }

    private static void writeTable(Path file) throws IOException {
        long bytes = (long) ROWS * COLUMNS * Short.BYTES;
        byte[] header =
                "{\"model.embed_tokens.weight\": {\"dtype\": \"BF16\", \"shape\": [%d, %d], \"data_offsets\": [0, %d]}}"
                        .formatted(ROWS, COLUMNS, bytes)
                        .getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            out.seek(Long.BYTES + header.length + bytes - Short.BYTES);
            out.write(new byte[] {(byte) 0xc0, 0x3f});
        }
    }
}
