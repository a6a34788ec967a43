package io.arrakis.runtime.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations are understood or refused, never half understood. */
class ModelFamiliesTest {
    private static final ModelFamilies FAMILIES = ModelFamilies.builtIn();

    private static Map<String, Object> config(String type) {
        Map<String, Object> values = new HashMap<>();
        values.put("model_type", type);
        values.put("hidden_size", 32);
        values.put("num_hidden_layers", 2);
        values.put("num_attention_heads", 4);
        values.put("intermediate_size", 64);
        values.put("vocab_size", 100);
        if (!type.contains("bert")) {
            values.put("num_key_value_heads", 4);
        }
        values.put("max_position_embeddings", 64);
        return values;
    }

    private static Architecture read(Map<String, Object> values) {
        return FAMILIES.describe(new ModelConfig("config.json", values)).architecture();
    }

    private static Architecture read(String type, String key, Object value) {
        Map<String, Object> values = config(type);
        values.put(key, value);
        return read(values);
    }

    @Test
    void knowsTheFamiliesThatPeopleStudy() {
        assertThat(FAMILIES.modelTypes())
                .containsExactlyInAnyOrder(
                        "bert",
                        "gemma",
                        "gemma2",
                        "gemma3",
                        "gemma3_text",
                        "gpt2",
                        "gpt_neo",
                        "gpt_neox",
                        "granite",
                        "llama",
                        "mistral",
                        "olmo2",
                        "phi3",
                        "qwen2",
                        "qwen3",
                        "roberta",
                        "stablelm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "roberta",
                "llama",
                "mistral",
                "qwen2",
                "qwen3",
                "gemma",
                "gemma2",
                "gemma3_text",
                "phi3",
                "stablelm",
                "olmo2",
                "granite",
                "gpt_neox"
            })
    void refusesAKeyThatNobodyKnows(String type) {
        assertThatCode(() -> read(config(type))).doesNotThrowAnyException();
        assertThatThrownBy(() -> read(type, "attention_sink_strength", 0.5))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CONFIG))
                .hasMessageContaining("attention_sink_strength");
        assertThatCode(() -> read(type, "attention_sink_strength", null)).doesNotThrowAnyException();
    }

    @Test
    void refusesValuesThatItCannotHonour() {
        assertThatThrownBy(() -> read("bert", "position_embedding_type", "relative_key"))
                .hasMessageContaining("relative_key");
        assertThatThrownBy(() -> read("llama", "hidden_act", "mish")).hasMessageContaining("known are gelu, gelu_new");
        assertThatThrownBy(() -> read("llama", "partial_rotary_factor", 0.5))
                .hasMessageContaining("rotates whole heads");
        assertThatThrownBy(() -> read("llama", "quantization_config", Map.of("bits", 4)))
                .hasMessageContaining("quantization_config");
        assertThatThrownBy(() -> read("llama", "pruned_heads", Map.of("0", List.of(1))))
                .hasMessageContaining("pruned_heads");
        assertThatThrownBy(() -> read("gemma", "use_bidirectional_attention", true))
                .hasMessageContaining(
                        "use_bidirectional_attention is true, which in this family means one thing or another");
        assertThatThrownBy(() -> read("gemma2", "use_bidirectional_attention", true))
                .hasMessageContaining(
                        "use_bidirectional_attention is true, which in this family means one thing or another");
        assertThatThrownBy(() -> read("qwen3", "layer_types", List.of("sliding_attention", "full_attention")))
                .hasMessageContaining("sliding_window");
        assertThatThrownBy(() -> read("gemma2", "layer_types", List.of("full_attention")))
                .hasMessageContaining("lists 1 blocks of 2");
    }

    @Test
    void refusesSizesThatDoNotFit() {
        assertThatThrownBy(() -> read("llama", "num_attention_heads", 5)).hasMessageContaining("5 heads");
        assertThatThrownBy(() -> read("llama", "num_key_value_heads", 3)).hasMessageContaining("does not divide");
        assertThatThrownBy(() -> read("llama", "num_hidden_layers", 0)).hasMessageContaining("n_layers");
        assertThatThrownBy(() -> read("llama", "vocab_size", null)).hasMessageContaining("vocab_size is missing");
        assertThatThrownBy(() -> read("llama", "model_type", "mamba")).hasMessageContaining("known: bert");
    }

    @Test
    void refusesRotaryScalingThatItDoesNotKnow() {
        assertThatThrownBy(() -> read("llama", "rope_scaling", Map.of("rope_type", "spiral")))
                .hasMessageContaining("'spiral'");
        assertThatThrownBy(() -> read("llama", "rope_scaling", Map.of("rope_type", "linear")))
                .hasMessageContaining("factor");
        assertThatThrownBy(() -> read("llama", "rope_scaling", Map.of("type", "linear", "factor", 2, "twist", 1)))
                .hasMessageContaining("rope_scaling.twist");
    }

    @Test
    void refusesRotaryScalingThatTheReferenceRefuses() {
        assertThatThrownBy(() -> read("phi3", "rope_scaling", Map.of("rope_type", "linear", "factor", 2)))
                .hasMessageContaining("known are default, longrope");
        assertThatThrownBy(() -> read("llama", "rope_scaling", Map.of("type", "su")))
                .hasMessageContaining("'su'");
        assertThatThrownBy(() -> read(
                        "phi3",
                        "rope_scaling",
                        Map.of("type", "su", "short_factor", List.of(1, 2), "long_factor", List.of(1, 2))))
                .hasMessageContaining("lists 2 numbers for 4 rotated pairs");
        assertThatThrownBy(() -> read(
                        "gemma3_text",
                        "rope_parameters",
                        Map.of("full_attention", Map.of("rope_type", "yarn", "factor", 2, "truncate", false))))
                .hasMessageContaining("truncate is false");
        Map<String, Object> odd = config("gpt_neox");
        odd.put("rotary_pct", 0.375);
        assertThat(read(odd).layers().get(0).rotary().orElseThrow().rotated()).isEqualTo(4);
        odd.put("rope_scaling", Map.of("rope_type", "yarn", "factor", 2));
        assertThatThrownBy(() -> read(odd)).hasMessageContaining("even number");
        Map<String, Object> two = config("gpt_neox");
        two.put("rope_scaling", Map.of("rope_type", "dynamic", "factor", 2));
        assertThatThrownBy(() -> read(two)).hasMessageContaining("more than 2");
    }

    @Test
    void readsTheNamesOfRotaryPositionsThatLaterFilesOfGptNeoXAdd() {
        Map<String, Object> both = config("gpt_neox");
        both.putAll(Map.of("rotary_pct", 0.5, "rotary_emb_base", 20_000));
        Architecture old = read(both);
        both.putAll(Map.of("partial_rotary_factor", 0.5, "rope_theta", 20_000.0));
        assertThat(read(both)).isEqualTo(old);
        Map<String, Object> later = new HashMap<>(both);
        later.keySet().removeAll(List.of("rotary_pct", "rotary_emb_base"));
        assertThat(read(later)).isEqualTo(old);
        both.put("rope_theta", 10_000);
        assertThatThrownBy(() -> read(both))
                .hasMessageContaining("rotary_emb_base is 20000, but rope_theta, which means the same, 10000");
        both.put("rope_theta", 20_000);
        both.put("partial_rotary_factor", 0.25);
        assertThatThrownBy(() -> read(both))
                .hasMessageContaining("rotary_pct is 0.5, but partial_rotary_factor, which means the same, 0.25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "roberta"})
    void readsEncodersAsDecodersWhereTheyAreSaidToBe(String type) {
        assertThat(read(config(type)).attention().causal()).isFalse();
        assertThat(read(type, "is_decoder", false)).isEqualTo(read(config(type)));
        assertThat(read(type, "is_decoder", true).attention().causal()).isTrue();
        Map<String, Object> crossed = config(type);
        crossed.putAll(Map.of("is_decoder", true, "add_cross_attention", true));
        assertThatThrownBy(() -> read(crossed))
                .hasMessageContaining(
                        "add_cross_attention is true: such blocks attend to the outputs of another model");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, n_embd, hidden_size, 24",
        "gpt2, n_layer, num_hidden_layers, 3",
        "gpt2, n_head, num_attention_heads, 2",
        "gpt2, n_positions, max_position_embeddings, 16",
        "gpt_neo, num_layers, num_hidden_layers, 3",
        "gpt_neo, num_heads, num_attention_heads, 2"
    })
    void readsTheNamesThatTheReferenceMapsToThoseOfItsFamily(String type, String key, String synonym, int value) {
        Map<String, Object> own = new HashMap<>(Map.of("model_type", type, "vocab_size", 100));
        own.putAll(
                type.equals("gpt2")
                        ? Map.of("n_embd", 48, "n_layer", 2, "n_head", 4, "n_positions", 32)
                        : Map.of("hidden_size", 48, "num_layers", 2, "num_heads", 4));
        own.put(key, value);
        if (type.equals("gpt_neo")) {
            own.put("attention_types", List.of(List.of(List.of("global"), own.get("num_layers"))));
        }
        Map<String, Object> mapped = new HashMap<>(own);
        mapped.remove(key);
        mapped.put(synonym, value);
        assertThat(read(mapped)).isEqualTo(read(own));
        mapped.put(key, value);
        assertThat(read(mapped)).isEqualTo(read(own));
        mapped.put(synonym, value + 1);
        assertThatThrownBy(() -> read(mapped))
                .hasMessage("config.json: error MODEL-CONFIG: " + key + " is " + value + ", but " + synonym
                        + ", which means the same, " + (value + 1) + "; mend it in the configuration");
    }

    @ParameterizedTest
    @CsvSource({
        "mistral, sliding_window, 0",
        "mistral, sliding_window, -3",
        "phi3, sliding_window, 0",
        "gemma2, sliding_window, 0",
        "gemma3_text, sliding_window, -1",
        "qwen2, sliding_window, 0",
        "gpt_neo, window_size, 0"
    })
    void refusesWindowsThatSeeNothing(String type, String key, int value) {
        Map<String, Object> values = type.equals("gpt_neo") ? new HashMap<>(Map.of("model_type", type)) : config(type);
        values.put(key, value);
        values.putAll(type.equals("qwen2") ? Map.of("use_sliding_window", true, "max_window_layers", 0) : Map.of());
        assertThatThrownBy(() -> read(values))
                .hasMessage("config.json: error MODEL-CONFIG: " + key + " is " + value + ", but a window has at least 1"
                        + " position, which is the own one; mend it in the configuration");
    }

    @Test
    void leavesAloneWindowsThatNoBlockHas() {
        assertThat(read("qwen2", "sliding_window", 0)).isEqualTo(read(config("qwen2")));
        Map<String, Object> whole = config("gemma2");
        whole.put("layer_types", List.of("full_attention", "full_attention"));
        Architecture without = read(whole);
        whole.put("sliding_window", 0);
        assertThat(read(whole)).isEqualTo(without);
    }

    private static final Map<String, Map<String, Object>> SCALINGS = Map.of(
            "default", Map.of("rope_type", "default"),
            "linear", Map.of("rope_type", "linear", "factor", 2),
            "dynamic", Map.of("rope_type", "dynamic", "factor", 2),
            "llama3",
                    Map.of(
                            "rope_type",
                            "llama3",
                            "factor",
                            8,
                            "low_freq_factor",
                            1,
                            "high_freq_factor",
                            4,
                            "original_max_position_embeddings",
                            32),
            "yarn", Map.of("rope_type", "yarn", "factor", 4, "original_max_position_embeddings", 16),
            "longrope",
                    Map.of(
                            "rope_type",
                            "longrope",
                            "short_factor",
                            List.of(1, 1, 1, 1),
                            "long_factor",
                            List.of(2, 2, 2, 2),
                            "original_max_position_embeddings",
                            16));

    private static Map<String, Object> rotary(String kind, String key, Object value) {
        Map<String, Object> parameters = new HashMap<>(SCALINGS.get(kind));
        parameters.put(key, value);
        return parameters;
    }

    static Stream<Arguments> rotaryNumbersWithoutMeaning() {
        Map<String, List<String>> above0 = Map.of(
                "default", List.of("rope_theta"),
                "linear", List.of("rope_theta", "factor"),
                "dynamic", List.of("rope_theta", "factor"),
                "llama3",
                        List.of(
                                "rope_theta",
                                "factor",
                                "low_freq_factor",
                                "high_freq_factor",
                                "original_max_position_embeddings"),
                "yarn",
                        List.of(
                                "rope_theta",
                                "factor",
                                "attention_factor",
                                "beta_fast",
                                "beta_slow",
                                "original_max_position_embeddings"),
                "longrope", List.of("rope_theta", "factor", "attention_factor", "original_max_position_embeddings"));
        Stream<Arguments> bad = above0.entrySet().stream()
                .flatMap(kind -> kind.getValue().stream().flatMap(key -> (key.startsWith("original")
                                ? Stream.<Number>of(0, -1)
                                : Stream.<Number>of(
                                        0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                        // For the reference implementation, 0 here means what absence means.
                        .filter(value -> value.doubleValue() != 0 || !key.startsWith("beta"))
                        .map(value -> Arguments.of(
                                kind.getKey(),
                                key,
                                value,
                                key + " is " + value + ", but must be a finite number above 0"))));
        return Stream.concat(
                bad,
                Stream.of(
                        Arguments.of("yarn", "rope_theta", 1, "rope_theta is 1.0, but yarn, which divides by its log"),
                        Arguments.of("yarn", "rope_theta", 0.5, "rope_theta is 0.5, but yarn"),
                        Arguments.of("yarn", "beta_fast", 0.5, "beta_fast is 0.5, but must not be below beta_slow"),
                        Arguments.of("yarn", "beta_slow", 33, "beta_fast is 32.0, but must not be below beta_slow"),
                        Arguments.of("llama3", "high_freq_factor", 1, "high_freq_factor is 1.0, but must be above low"),
                        Arguments.of("llama3", "low_freq_factor", 5, "high_freq_factor is 4.0, but must be above low"),
                        Arguments.of("longrope", "original_max_position_embeddings", 1, "divides by its logarithm"),
                        Arguments.of("longrope", "short_factor", List.of(1, 0, 1, 1), "short_factor has 0.0, but must"),
                        Arguments.of("longrope", "long_factor", List.of(1, 1, -2, 1), "long_factor has -2.0, but must"),
                        Arguments.of("longrope", "long_factor", List.of(1, Double.NaN, 1, 1), "long_factor has NaN"),
                        Arguments.of("linear", "factor", 1e-300, "rope_theta and the rotary scaling give a frequency"),
                        Arguments.of("linear", "factor", 1e300, "rope_theta and the rotary scaling give a frequency")));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rotaryNumbersWithoutMeaning")
    void refusesRotaryNumbersWithoutMeaning(String kind, String key, Object value, String message) {
        for (String outer : List.of("rope_scaling", "rope_parameters")) {
            assertThatThrownBy(() -> read("llama", outer, rotary(kind, key, value)))
                    .isInstanceOfSatisfying(
                            ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CONFIG))
                    .hasMessageContaining("config.json " + outer + ": ")
                    .hasMessageContaining(message)
                    .hasMessageEndingWith("; mend it in the configuration");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama, rope_theta, 0",
        "llama, rope_theta, -10000",
        "gpt_neox, rotary_emb_base, 0",
        "gpt_neox, rotary_pct, 0",
        "gpt_neox, rotary_pct, -0.5",
        "gpt_neox, rotary_pct, NaN",
        "gpt_neox, partial_rotary_factor, 0",
        "stablelm, partial_rotary_factor, -1",
        "gemma3_text, rope_local_base_freq, 0",
        "gemma3_text, rope_theta, -1"
    })
    void refusesRotaryNumbersWithoutMeaningOutsideOfTheObject(String type, String key, double value) {
        assertThatThrownBy(() -> read(type, key, value))
                .hasMessageContaining(key + " is " + value + ", but must be a finite number above 0");
    }

    @Test
    void refusesSharesOfAHeadThatItDoesNotHave() {
        assertThatThrownBy(() -> read("gpt_neox", "rotary_pct", 1.5))
                .hasMessageContaining("rotary_pct is 1.5, but must leave 1 to 8 dimensions of a head to be rotated");
        assertThatThrownBy(() -> read("stablelm", "partial_rotary_factor", 0.1))
                .hasMessageContaining("partial_rotary_factor is 0.1, but must leave 1 to 8 dimensions");
    }

    @Test
    void takesRotaryNumbersThatAreOnlyUnusual() {
        assertThatCode(() -> read("llama", "rope_parameters", rotary("linear", "factor", 0.5)))
                .doesNotThrowAnyException();
        assertThatCode(() -> read("llama", "rope_parameters", rotary("default", "rope_theta", 1)))
                .doesNotThrowAnyException();
        assertThat(read("llama", "rope_parameters", rotary("yarn", "beta_fast", 0)))
                .isEqualTo(read("llama", "rope_parameters", SCALINGS.get("yarn")));
        for (String outer : List.of("rope_scaling", "rope_parameters")) {
            assertThat(read("llama", outer, rotary("dynamic", "original_max_position_embeddings", 16)))
                    .isEqualTo(read("llama", outer, SCALINGS.get("dynamic")));
        }
        assertThatThrownBy(
                        () -> read("llama", "rope_scaling", rotary("linear", "original_max_position_embeddings", 16)))
                .hasMessageContaining("does not know rope_scaling.original_max_position_embeddings");
    }

    /** Keys of published files; distilgpt2 has the first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "_num_labels",
                "_name_or_path",
                "_flash_attn_2_enabled",
                "gradient_checkpointing",
                "loss_type",
                "output_past",
                "renormalize_logits",
                "sbert_ce_default_activation_function",
                "summary_use_proj",
                "task_specific_params",
                "transformers_version",
                "use_cache",
                "xla_device"
            })
    void leavesAloneKeysThatChangeNoNumber(String key) {
        for (String type : List.of("bert", "llama", "gpt_neox")) {
            assertThatCode(() -> read(type, key, "1")).as(type).doesNotThrowAnyException();
        }
    }

    private static Map<String, Object> withBoth(Map<String, ?> scaling, Map<String, ?> parameters) {
        Map<String, Object> values = config("llama");
        values.put("rope_theta", 500_000);
        values.put("rope_scaling", scaling);
        values.put("rope_parameters", parameters);
        return values;
    }

    @Test
    void readsRotaryScalingOfBothStylesWhereTheySayTheSame() {
        Map<String, ?> scaling = Map.of("type", "linear", "factor", 2);
        Map<String, Object> parameters = Map.of("rope_type", "linear", "factor", 2.0, "rope_theta", 500_000.0);
        Map<String, Object> old = withBoth(scaling, parameters);
        old.remove("rope_parameters");
        assertThat(read(withBoth(scaling, parameters))).isEqualTo(read(old));
        Map<String, Object> half = withBoth(scaling, Map.of("rope_type", "linear", "factor", 2));
        assertThat(read(half)).isEqualTo(read(old));
        Map<String, Object> empty = withBoth(Map.of(), parameters);
        assertThat(read(empty)).isEqualTo(read(old));
    }

    @Test
    void saysWhereRotaryScalingOfBothStylesDiffers() {
        Map<String, ?> scaling = Map.of("type", "linear", "factor", 2);
        assertThatThrownBy(() -> read(withBoth(scaling, Map.of("rope_type", "linear", "factor", 4))))
                .hasMessage(
                        "config.json: error MODEL-CONFIG: rope_scaling says factor 2, rope_parameters 4: keep one of"
                                + " the two objects; mend it in the configuration");
        assertThatThrownBy(() -> read(withBoth(scaling, Map.of("rope_theta", 500_000))))
                .hasMessageContaining("rope_scaling says factor 2, rope_parameters nothing");
        assertThatThrownBy(
                        () -> read(withBoth(scaling, Map.of("rope_type", "linear", "factor", 2, "rope_theta", 10_000))))
                .hasMessageContaining("rope_scaling says rope_theta 500000, rope_parameters 10000");
        Map<String, Object> gemma = config("gemma3_text");
        gemma.put("rope_scaling", Map.of("rope_type", "linear", "factor", 8));
        gemma.put("rope_parameters", Map.of("full_attention", Map.of("rope_type", "linear", "factor", 8)));
        assertThat(read(gemma).layers()).hasSize(2);
        gemma.put("rope_parameters", Map.of("full_attention", Map.of("rope_type", "default")));
        assertThatThrownBy(() -> read(gemma))
                .hasMessageContaining("rope_scaling says factor 8, rope_parameters nothing");
    }

    /** Before anything is made for each block. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "gpt_neox", "bert", "gemma2", "gemma3_text", "qwen2", "phi3"})
    void refusesMoreBlocksThanThereCanBe(String type) {
        assertThatThrownBy(() -> read(type, "num_hidden_layers", 1_000_000_000))
                .hasMessage("config.json: error MODEL-CONFIG: n_layers is 1000000000, and no more than 65536 are read;"
                        + " mend the value in the configuration");
        Map<String, Object> values = config(type);
        values.put("num_hidden_layers", 60_000);
        CheckpointTensors files = new CatalogOnly(Map.of("model.norm.weight", new TensorInfo("F32", List.of(32L))));
        assertThatThrownBy(() -> FAMILIES.describe(new ModelConfig("config.json", values), files))
                .hasMessage("config.json: error MODEL-CONFIG: it says that there are 60000 blocks, but the files hold 1"
                        + " tensors; the files and config.json must be of one model");
    }

    @Test
    void refusesBlocksOfGptNeoThatRepeatWithoutEnd() {
        Map<String, Object> neo = config("gpt_neo");
        neo.keySet().removeAll(List.of("num_hidden_layers", "num_attention_heads", "num_key_value_heads"));
        neo.putAll(Map.of("num_layers", 2, "num_heads", 4));
        neo.put("attention_types", List.of(List.of(List.of("global"), 1_000_000_000)));
        assertThatThrownBy(() -> read(neo)).hasMessageContaining("attention_types lists more blocks than the 2");
    }

    @Test
    void readsTheTextModelOfGemma3WithItsUsualSizes() {
        Map<String, Object> text = new HashMap<>(Map.of("model_type", "gemma3_text", "num_hidden_layers", 3));
        Map<String, Object> values = new HashMap<>(Map.of("model_type", "gemma3", "text_config", text));
        Architecture architecture = read(values);
        assertThat(architecture.dims()).isEqualTo(new Dimensions(3, 2304, 8, 4, 256, 9216, 262_208, 131_072));
        text.put("vision_width", 3);
        assertThatThrownBy(() -> read(values)).hasMessageContaining("does not know text_config.vision_width");
        text.remove("vision_width");
        text.put("model_type", "llama");
        assertThatThrownBy(() -> read(values)).hasMessageContaining("only 'gemma3_text' is supported");
        values.remove("text_config");
        assertThatThrownBy(() -> read(values)).hasMessageContaining("text_config is missing");
    }

    @Test
    void refusesHeadsThatItsFamilyCannotHave() {
        assertThatThrownBy(() -> read("gpt_neox", "head_dim", 4)).hasMessageContaining("splits 32 into 4 heads");
        assertThatThrownBy(() -> read("stablelm", "head_dim", 4)).hasMessageContaining("splits 32 into 4 heads");
        assertThatThrownBy(() -> read("gpt_neox", "num_key_value_heads", 2)).hasMessageContaining("shares none");
    }

    @Test
    void readsAbsentKeysAsTheReferenceDoes() {
        Map<String, Object> mistral = config("mistral");
        mistral.put("num_attention_heads", 16);
        mistral.remove("num_key_value_heads");
        mistral.remove("max_position_embeddings");
        assertThat(read(mistral).dims().nKeyValueHeads()).isEqualTo(8);
        assertThat(read(mistral).dims().nCtx()).isEqualTo(131_072);
        mistral.put("num_key_value_heads", null);
        assertThat(read(mistral).dims().nKeyValueHeads()).isEqualTo(16);
        Map<String, Object> llama = config("llama");
        llama.remove("num_key_value_heads");
        assertThat(read(llama).dims().nKeyValueHeads()).isEqualTo(4);
    }

    @Test
    void acceptsSwitchesOfOtherFamiliesOnlyWhereTheySwitchNothing() {
        for (String key : List.of("attention_bias", "mlp_bias", "lm_head_bias", "use_sliding_window")) {
            assertThatCode(() -> read("phi3", key, false)).as(key).doesNotThrowAnyException();
            assertThatThrownBy(() -> read("phi3", key, true)).hasMessageContaining(key + " is true");
        }
        assertThatThrownBy(() -> read("llama", "is_causal", false)).hasMessageContaining("is_causal is false");
        assertThatThrownBy(() -> read("phi3", "full_attn_mod", 2)).hasMessageContaining("only 1.0 is supported");
        assertThatThrownBy(() -> read("gemma2", "sliding_window_size", 8)).hasMessageContaining("sliding_window_size");
        assertThatCode(() -> read("gemma2", "sliding_window_size", 4096)).doesNotThrowAnyException();
        assertThatCode(() -> read("bert", "pooler_type", "first_token_transform"))
                .doesNotThrowAnyException();
    }

    @Test
    void readsOtherNamesOfTheSameFunctions() {
        assertThat(read("llama", "hidden_act", "swish").mlp().activation()).isEqualTo(ActivationFunction.SILU);
        assertThat(read("bert", "hidden_act", "gelu_fast").mlp().activation()).isEqualTo(ActivationFunction.GELU_NEW);
    }

    @Test
    void refusesListsOfBlocksThatContradictEachOther() {
        Map<String, Object> neo = new HashMap<>(Map.of("model_type", "gpt_neo", "num_layers", 2, "hidden_size", 32));
        neo.put("attention_types", List.of(List.of(List.of("global", "local"), 1)));
        neo.put("attention_layers", List.of("local", "global"));
        assertThatThrownBy(() -> read(neo)).hasMessageContaining("something else than attention_types");
        neo.remove("attention_layers");
        neo.remove("attention_types");
        assertThatThrownBy(() -> read(neo)).hasMessageContaining("lists 24 blocks of 2");
    }

    @Test
    void tellsNullFromAbsentWhereTheyDiffer() {
        assertThat(read(config("mistral")).layers().get(0).window()).hasValue(4096);
        assertThat(read("mistral", "sliding_window", null).layers().get(0).window())
                .isEqualTo(OptionalInt.empty());
        assertThat(read(config("gemma2")).attention().scoreSoftCap()).hasValue(50);
        assertThat(read("gemma2", "attn_logit_softcapping", null).attention().scoreSoftCap())
                .isEmpty();
    }
}
