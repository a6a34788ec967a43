package io.arrakis.runtime.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.testkit.Goldens;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights of which the configuration says nothing are no silence. */
class UnreadTensorsTest {
    @TempDir
    private Path temp;

    /** What a golden folder holds, to be changed. */
    private record Held(Map<String, Object> config, Map<String, TensorInfo> catalog) {
        Held {
            config = new HashMap<>(config);
            catalog = new TreeMap<>(catalog);
        }

        void describe() {
            ModelFamilies.builtIn().describe(new ModelConfig("config.json", config), new CatalogOnly(catalog));
        }
    }

    private Held held(String folder) {
        Path directory = Goldens.FAMILIES.copy(folder, temp);
        ModelContext context = new ModelContext(directory, temp.resolve("cache"));
        try (Checkpoint checkpoint = Checkpoints.builtIn().open(new ModelSpec.Named(directory.toString()), context)) {
            ModelConfig config = checkpoint.config();
            Map<String, Object> values = new HashMap<>();
            config.keys().forEach(key -> config.raw(key).ifPresent(value -> values.put(key, value)));
            return new Held(values, checkpoint.tensors().catalog());
        }
    }

    private static void assertRefused(ThrowingCallable call, String... said) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CONFIG))
                .hasMessageContainingAll(said);
    }

    @Test
    void namesBlocksThatTheConfigurationLeavesOut() {
        Held llama = held("llama");
        llama.config().put("num_hidden_layers", 1);
        assertRefused(
                llama::describe,
                "config.json",
                "the files hold weights that the model it describes does not have: model.layers.1.input_layernorm.weight, ",
                " and 4 more",
                "it says that there are 1 blocks",
                "the files have block 1");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt_neox, attention_bias, gpt_neox.layers.0.attention.dense.bias",
        "qwen2, model_type, model.layers.0.self_attn.k_proj.bias",
        "stablelm, use_qkv_bias, model.layers.0.self_attn.k_proj.bias"
    })
    void namesBiasesThatTheConfigurationLeavesOut(String folder, String key, String tensor) {
        Held held = held(folder);
        List<Long> width = List.of(32L);
        if (folder.equals("stablelm")) {
            held.catalog().put(tensor, new TensorInfo("F32", width));
        }
        held.config().put(key, key.equals("model_type") ? "llama" : (Object) false);
        held.config().keySet().removeAll(List.of("max_window_layers", "layer_types", "sliding_window"));
        assertRefused(held::describe, tensor, "must say so (attention_bias, use_qkv_bias, mlp_bias)");
    }

    @Test
    void namesWeightsOfWhichTheConfigurationTakesAPart() {
        Held phi3 = held("phi3");
        phi3.config().put("num_key_value_heads", 1);
        assertRefused(phi3::describe, "more outputs", "model.layers.0.self_attn.qkv_proj.weight", "numbers of heads");
    }

    @ParameterizedTest
    @CsvSource({
        "llama, model.layers.0.self_attn.rotary_emb.inv_freq",
        "llama, model.rotary_emb.original_inv_freq",
        "llama, score.weight",
        "gpt2, h.1.attn.bias",
        "gpt2, transformer.h.1.attn.masked_bias",
        "gpt_neo, transformer.h.0.attn.attention.bias",
        "gpt_neox, gpt_neox.layers.1.attention.masked_bias",
        "bert, bert.embeddings.position_ids",
        "bert, classifier.weight",
        "roberta, qa_outputs.bias",
        "gemma3_vision, vision_tower.vision_model.encoder.layers.30.self_attn.k_proj.weight",
        "gemma3_vision, model.multi_modal_projector.mm_input_projection_weight"
    })
    void leavesAloneWhatChangesNoHookPoint(String folder, String tensor) {
        Held held = held(folder);
        assertThatCode(held::describe).doesNotThrowAnyException();
        held.catalog().put(tensor, new TensorInfo("F32", List.of(4L)));
        assertThatCode(held::describe).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "llama, model.layers.0.attn.bias",
        "gpt2, transformer.h.0.attn.q_norm.weight",
        "bert, bert.encoder.layer.0.gate.weight",
        "gemma3_vision, language_model.model.layers.0.self_attn.sinks",
        "mistral, model.layers.0.mlp.experts.weight"
    })
    void refusesAnyOtherWeight(String folder, String tensor) {
        Held held = held(folder);
        held.catalog().put(tensor, new TensorInfo("BF16", List.of(4L)));
        assertRefused(held::describe, tensor);
        held.catalog().put(tensor, new TensorInfo("I64", List.of(4L)));
        assertThatCode(held::describe).doesNotThrowAnyException();
    }
}
