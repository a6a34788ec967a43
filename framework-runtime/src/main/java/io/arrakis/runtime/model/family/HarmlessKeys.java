package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.ModelConfig;
import java.util.List;
import java.util.Set;

/** Keys of a configuration that every family may meet and that change no number of a forward pass. */
final class HarmlessKeys {
    private static final Set<String> ORIGIN = Set.of(
            "_name_or_path",
            "_commit_hash",
            "architectures",
            "auto_map",
            "dtype",
            "is_llama_config",
            "keys_to_ignore_at_inference",
            "max_sequence_length",
            "model_max_length",
            "torch_dtype",
            "model_type",
            "tokenizer_class",
            "transformers.js_config",
            "sentence_transformers",
            "transformers_version",
            "unsloth_version",
            "unsloth_fixed");

    private static final Set<String> EXECUTION = Set.of(
            "_attn_implementation",
            "_attn_implementation_autoset",
            "_attn_implementation_internal",
            "_experts_implementation",
            "_flash_attn_2_enabled",
            "attn_implementation",
            "cache_implementation",
            "chunk_size_feed_forward",
            "gradient_checkpointing",
            "output_attentions",
            "output_hidden_states",
            "output_past",
            "pretraining_tp",
            "return_dict",
            "tf_legacy_loss",
            "tie_last_hidden_states",
            "torchscript",
            "use_bfloat16",
            "use_cache",
            "use_flash_attention_2",
            "xla_device");

    private static final Set<String> TRAINING = Set.of(
            "_num_labels",
            "activation_dropout",
            "attention_dropout",
            "attention_probs_dropout_prob",
            "attn_pdrop",
            "classifier_dropout",
            "dropout",
            "embd_pdrop",
            "embed_dropout",
            "finetuning_task",
            "hidden_dropout",
            "hidden_dropout_prob",
            "id2label",
            "initializer_factor",
            "initializer_range",
            "label2id",
            "loss_type",
            "neftune_noise_alpha",
            "num_labels",
            "problem_type",
            "resid_dropout",
            "resid_pdrop",
            "sbert_ce_default_activation_function",
            "summary_activation",
            "summary_first_dropout",
            "summary_proj_to_labels",
            "summary_type",
            "summary_use_proj",
            "task_specific_params");

    private static final Set<String> GENERATION = Set.of(
            "bad_words_ids",
            "begin_suppress_tokens",
            "bos_token_id",
            "cls_token_id",
            "decoder_start_token_id",
            "diversity_penalty",
            "do_sample",
            "early_stopping",
            "encoder_no_repeat_ngram_size",
            "eos_token_id",
            "exponential_decay_length_penalty",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "length_penalty",
            "mask_token_id",
            "max_length",
            "min_length",
            "no_repeat_ngram_size",
            "num_beam_groups",
            "num_beams",
            "num_return_sequences",
            "output_scores",
            "pad_token_id",
            "prefix",
            "penalty_alpha",
            "remove_invalid_values",
            "renormalize_logits",
            "repetition_penalty",
            "return_dict_in_generate",
            "sep_token_id",
            "suppress_tokens",
            "temperature",
            "top_k",
            "top_p",
            "typical_p");

    /** Switches that a family without them may meet: false is what it does. */
    private static final List<String> MUST_BE_FALSE = List.of(
            "add_cross_attention",
            "attention_bias",
            "is_decoder",
            "is_encoder_decoder",
            "lm_head_bias",
            "mlp_bias",
            "rope_interleaved",
            "tie_encoder_decoder",
            "use_bidirectional_attention",
            "use_mrope",
            "use_sliding_window");

    private HarmlessKeys() {}

    /** Marks them as known; refuses those that would make it another kind of model. */
    static void ignoreIn(ModelConfig config, Architecture architecture) {
        if (architecture.attention().causal()) {
            config.ignore(Set.of("is_decoder"));
        }
        config.ignore(ORIGIN);
        config.ignore(EXECUTION);
        config.ignore(TRAINING);
        config.ignore(GENERATION);
        Set<String> unread = config.unread();
        for (String key : MUST_BE_FALSE) {
            if (unread.contains(key) && config.flag(key, false)) {
                throw config.problem(key, "is true: such models are not supported");
            }
        }
        if (!config.flag("is_causal", true)) {
            throw config.problem("is_causal", "is false: such models are not supported");
        }
        if (config.object("pruned_heads")
                .filter(heads -> !heads.unread().isEmpty())
                .isPresent()) {
            throw config.problem("pruned_heads", "is not empty: pruned models are not supported");
        }
    }
}
