package org.example.samples;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSource;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Models that lie in no directory: {@code formula:3} is a small GPT-2 each of whose weights follows from 3, its name and its
 * place. It has no tokenizer, so that only operations on weights and token ids can use it.
 */
public final class FormulaSource implements ModelSource {

    private static final String KIND = "formula";
    private static final int WIDTH = 16;
    private static final int NEURONS = 32;
    private static final int WORDS = 20;

    /** Called by the service loader. */
    public FormulaSource() {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<String> names() {
        return List.of(KIND + ":1");
    }

    @Override
    public boolean accepts(String reference, ModelContext context) {
        return reference.matches(KIND + ":\\d{1,9}");
    }

    @Override
    public Checkpoint open(String reference, ModelContext context) {
        return new Formula(reference);
    }

    /** One of the models. */
    private record Formula(String name) implements Checkpoint, CheckpointTensors {

        @Override
        public ModelConfig config() {
            return new ModelConfig(
                    name,
                    Map.of(
                            "model_type", "gpt2",
                            "n_embd", WIDTH,
                            "n_layer", 1,
                            "n_head", 2,
                            "n_inner", NEURONS,
                            "n_positions", WORDS,
                            "vocab_size", WORDS));
        }

        @Override
        public CheckpointTensors tensors() {
            return this;
        }

        @Override
        public Map<String, TensorInfo> catalog() {
            Map<String, TensorInfo> catalog = new LinkedHashMap<>();
            put(catalog, "wte.weight", WORDS, WIDTH);
            put(catalog, "wpe.weight", WORDS, WIDTH);
            for (String norm : List.of("h.0.ln_1", "h.0.ln_2", "ln_f")) {
                put(catalog, norm + ".weight", WIDTH);
                put(catalog, norm + ".bias", WIDTH);
            }
            linear(catalog, "h.0.attn.c_attn", WIDTH, 3 * WIDTH);
            linear(catalog, "h.0.attn.c_proj", WIDTH, WIDTH);
            linear(catalog, "h.0.mlp.c_fc", WIDTH, NEURONS);
            linear(catalog, "h.0.mlp.c_proj", NEURONS, WIDTH);
            return catalog;
        }

        private static void linear(Map<String, TensorInfo> catalog, String name, int in, int out) {
            put(catalog, name + ".weight", in, out);
            put(catalog, name + ".bias", out);
        }

        private static void put(Map<String, TensorInfo> catalog, String name, int... shape) {
            List<Long> lengths = Arrays.stream(shape).asLongStream().boxed().toList();
            catalog.put(name, new TensorInfo("F32", lengths));
        }

        @Override
        public void read(String tensor, long first, FloatBuffer into) {
            long seed = 31L * name.hashCode() + tensor.hashCode();
            for (long i = first; into.hasRemaining(); i++) {
                into.put((float) Math.sin(seed % 1000 + 0.37 * i));
            }
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        public Tokenizer tokenizer() {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING, name, "the model has no tokenizer", "use operations that read no texts");
        }

        @Override
        public String fingerprint() {
            return Integer.toHexString(name.hashCode());
        }

        @Override
        public void close() {}
    }
}
