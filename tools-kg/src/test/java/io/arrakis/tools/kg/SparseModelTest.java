package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HookedModel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder in the shape of a Llama of seven billion weights, bfloat16, of which next to nothing is on disk. */
class SparseModelTest {

    private static final int LAYERS = 32;
    private static final int WIDTH = 4_096;
    private static final int NEURONS = 11_008;
    private static final int VOCABULARY = 32_000;
    private static final int BYTES = 2;

    @TempDir
    private Path directory;

    /** Tensors in the order of the file. */
    private record Entry(String name, long[] shape) {

        long bytes() {
            long count = BYTES;
            for (long size : shape) {
                count *= size;
            }
            return count;
        }
    }

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry("model.embed_tokens.weight", new long[] {VOCABULARY, WIDTH}));
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "model.layers." + layer + ".";
            for (String part : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
                entries.add(new Entry(block + "self_attn." + part + ".weight", new long[] {WIDTH, WIDTH}));
            }
            entries.add(new Entry(block + "mlp.gate_proj.weight", new long[] {NEURONS, WIDTH}));
            entries.add(new Entry(block + "mlp.up_proj.weight", new long[] {NEURONS, WIDTH}));
            entries.add(new Entry(block + "mlp.down_proj.weight", new long[] {WIDTH, NEURONS}));
            entries.add(new Entry(block + "input_layernorm.weight", new long[] {WIDTH}));
            entries.add(new Entry(block + "post_attention_layernorm.weight", new long[] {WIDTH}));
        }
        entries.add(new Entry("model.norm.weight", new long[] {WIDTH}));
        entries.add(new Entry("lm_head.weight", new long[] {VOCABULARY, WIDTH}));
        return entries;
    }

    private long write() {
        StringBuilder header = new StringBuilder("{");
        long at = 0;
        for (Entry entry : entries()) {
            header.append(header.length() > 1 ? "," : "")
                    .append("\"%s\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(entry.name(), Arrays.toString(entry.shape()), at, at + entry.bytes()));
            at += entry.bytes();
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("model.safetensors").toFile(), "rw")) {
            file.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
            file.write(text);
            file.setLength(Long.BYTES + text.length + at);
            Files.writeString(directory.resolve("config.json"), """
                    {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 4096,
                     "intermediate_size": 11008, "num_hidden_layers": 32, "num_attention_heads": 32,
                     "num_key_value_heads": 32, "max_position_embeddings": 4096, "vocab_size": 32000,
                     "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "hidden_act": "silu", "torch_dtype": "bfloat16",
                     "tie_word_embeddings": false}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return at;
    }

    @Test
    void readsLessThanOneHundredthOfIt() {
        long all = write();
        try (HookedModel model = OpenedModel.in(directory)) {
            Architecture architecture = model.description().architecture();
            BlockAttention attention = BlockAttention.read(new BlockWeights(model.weights(), architecture, 17));
            long scores = 2L * WIDTH * WIDTH * BYTES + (long) WIDTH * BYTES;
            assertThat(attention.dims().nHeads()).isEqualTo(LAYERS);
            assertThat(model.weights().bytesRead()).isEqualTo(scores).isLessThan(all / 100);
        }
    }
}
