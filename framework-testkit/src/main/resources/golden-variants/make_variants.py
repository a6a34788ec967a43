#!/usr/bin/env python3
"""Makes the golden variants: options of the families that the folders under goldens/ do not use, one small folder each.

    python make_variants.py              # write and check every variant
    python make_variants.py phi3_long    # only these

Needs what ../goldens/make_goldens.py needs, and uses its code.
"""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "goldens"))
sys.dont_write_bytecode = True

import make_goldens as mg  # noqa: E402

LLAMA = dict(
    model_type="llama", hidden_size=16, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
    intermediate_size=24, hidden_act="silu", rope_theta=10000.0, max_position_embeddings=64, rms_norm_eps=1e-5,
    tie_word_embeddings=False, bos_token_id=0, eos_token_id=1,
)
GPT2 = dict(
    model_type="gpt2", n_embd=16, n_layer=2, n_head=2, n_positions=32, n_inner=None, activation_function="gelu_new",
    layer_norm_epsilon=1e-5, bos_token_id=0, eos_token_id=0,
)
NEO = dict(
    model_type="gpt_neo", hidden_size=16, num_layers=2, num_heads=2, intermediate_size=24, window_size=3,
    attention_types=[[["global", "local"], 1]], activation_function="gelu_new", max_position_embeddings=32,
    layer_norm_epsilon=1e-5, bos_token_id=0, eos_token_id=0,
)
NEOX = dict(
    model_type="gpt_neox", hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
    hidden_act="gelu", rotary_pct=0.5, rotary_emb_base=10000, use_parallel_residual=True, max_position_embeddings=32,
    layer_norm_eps=1e-5, bos_token_id=0, eos_token_id=0,
)
BERT = dict(
    model_type="bert", hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24, hidden_act="gelu",
    max_position_embeddings=32, type_vocab_size=2, layer_norm_eps=1e-12, pad_token_id=0,
)
ROBERTA = dict(BERT, model_type="roberta", max_position_embeddings=34, pad_token_id=1, bos_token_id=0, eos_token_id=2)
QWEN2 = dict(LLAMA, model_type="qwen2", eos_token_id=2, bos_token_id=None)
QWEN3 = dict(QWEN2, model_type="qwen3", head_dim=6)
MISTRAL = dict(LLAMA, model_type="mistral", sliding_window=3, bos_token_id=1, eos_token_id=2)
PHI3 = dict(
    LLAMA, model_type="phi3", bos_token_id=1, eos_token_id=2, pad_token_id=2, sliding_window=None,
    original_max_position_embeddings=64, num_attention_heads=2, num_key_value_heads=1,
)
GEMMA = dict(
    model_type="gemma", hidden_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2, head_dim=6,
    intermediate_size=24, hidden_act="gelu_pytorch_tanh", rope_theta=10000.0, max_position_embeddings=64, rms_norm_eps=1e-6,
)
GEMMA2 = dict(
    model_type="gemma2", hidden_size=16, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=1, head_dim=6,
    intermediate_size=24, hidden_activation="gelu_pytorch_tanh", rope_theta=10000.0, max_position_embeddings=64,
    sliding_window=3, query_pre_attn_scalar=9, rms_norm_eps=1e-6,
)
GEMMA3 = dict(
    model_type="gemma3_text", hidden_size=16, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=1, head_dim=6,
    intermediate_size=24, hidden_activation="gelu_pytorch_tanh", max_position_embeddings=64, sliding_window=4,
    query_pre_attn_scalar=9, rms_norm_eps=1e-6,
)
STABLELM = dict(
    model_type="stablelm", hidden_size=16, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
    intermediate_size=24, hidden_act="silu", rope_theta=10000.0, partial_rotary_factor=0.5, max_position_embeddings=64,
    layer_norm_eps=1e-5, use_qkv_bias=False, use_parallel_residual=False, qk_layernorm=False, tie_word_embeddings=False,
    bos_token_id=0, eos_token_id=0,
)
OLMO2 = dict(LLAMA, model_type="olmo2", bos_token_id=None, eos_token_id=0)
GRANITE = dict(
    LLAMA, model_type="granite", attention_multiplier=0.3, embedding_multiplier=2.0, residual_multiplier=0.5,
    logits_scaling=3.0, bos_token_id=0, eos_token_id=0,
)

KINDS = {  # base config -> class, tokenizer, key names of config.json, what version 4 files had
    "llama": ("LlamaForCausalLM", "llama3", {}),
    "gpt2": ("GPT2LMHeadModel", "gpt2", dict(n_ctx=32)),
    "gpt_neo": ("GPTNeoForCausalLM", "gpt2", {}),
    "gpt_neox": ("GPTNeoXForCausalLM", "neox", {}),
    "bert": ("BertForPreTraining", "bert", dict(position_embedding_type="absolute")),
    "roberta": ("RobertaForMaskedLM", "roberta", dict(position_embedding_type="absolute")),
    "qwen2": ("Qwen2ForCausalLM", "qwen", {}),
    "qwen3": ("Qwen3ForCausalLM", "qwen", {}),
    "mistral": ("MistralForCausalLM", "mistral", {}),
    "phi3": ("Phi3ForCausalLM", "mistral", {}),
    "gemma": ("GemmaForCausalLM", "gemma", dict(use_bidirectional_attention="__drop__")),
    "gemma2": ("Gemma2ForCausalLM", "gemma", dict(use_bidirectional_attention="__drop__")),
    "gemma3_text": ("Gemma3ForCausalLM", "gemma", dict(_sliding_window_pattern="__drop__")),
    "stablelm": ("StableLmForCausalLM", "neox", {}),
    "olmo2": ("Olmo2ForCausalLM", "neox", {}),
    "granite": ("GraniteForCausalLM", "gpt2", {}),
}
AUTO = {"bert": "AutoModelForPreTraining", "roberta": "AutoModelForMaskedLM"}

for kind, spec in mg.SPECS.items():  # all that a spec can record
    if kind in ("llama", "mistral", "qwen2", "qwen3", "gemma", "phi3", "stablelm"):
        spec_new = dict(spec, **mg.LATER)
    elif kind == "gemma2":
        spec_new = dict(spec, **{**mg.LATER, "norm2": "pre_feedforward_layernorm"})
    elif kind == "gpt2":
        spec_new = dict(spec, scores=True, norm1="ln_1", norm2="ln_2")
    elif kind == "gpt_neo":
        spec_new = dict(spec, norm1="ln_1", norm2="ln_2")
    elif kind == "gpt_neox":
        spec_new = dict(spec, **mg.LATER)
    else:
        spec_new = dict(spec, scores=True) if kind == "bert" else spec
    mg.SPECS[kind] = spec_new


def variant(base, cls=None, v4=None, **more):
    """A family as make_goldens has them; keys of more that are no config keys start with an underscore."""
    config = {**base, **{k: v for k, v in more.items() if not k.startswith("_")}}
    kind = config["model_type"]
    usual, tokenizer, drops = KINDS[kind]
    fam = dict(cls=cls or usual, tok=tokenizer, style="v4", config=config, v4={**drops, **(v4 or {})})
    if kind in AUTO:
        fam["auto"] = AUTO[kind]
    fam.update({k[1:]: v for k, v in more.items() if k.startswith("_")})
    return fam


def without_prefix(prefix):
    return lambda state, model: {k.removeprefix(prefix): v for k, v in state.items()}


def renamed(old, new):
    return lambda state, model: {k.replace(old, new): v for k, v in state.items()}


def both_stored(state, model):
    """The head is stored too, as a copy."""
    return {**state, "lm_head.weight": model.lm_head.weight.detach().clone()}


ROPE = lambda **k: {"rope_parameters": k}
EQUAL = dict(_rows=(7, 7), _plain=7)

VARIANTS = {
    "llama_31": variant(LLAMA, **ROPE(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                      original_max_position_embeddings=32, rope_theta=100.0)),
    "llama_linear": variant(LLAMA, **ROPE(rope_type="linear", factor=4.0, rope_theta=10000.0), hidden_act="gelu"),
    "llama_dynamic": variant(LLAMA, **ROPE(rope_type="dynamic", factor=2.0, rope_theta=10000.0, original_max_position_embeddings=16),
                             max_position_embeddings=5, **EQUAL),
    "llama_yarn": variant(LLAMA, **ROPE(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=100.0),
                          hidden_act="relu"),
    "llama_yarn_scales": variant(
        LLAMA, num_attention_heads=2, num_key_value_heads=2,
        **ROPE(rope_type="yarn", factor=4.0, original_max_position_embeddings=16, rope_theta=100.0, mscale=0.707,
               mscale_all_dim=1.2, beta_fast=4.0, beta_slow=0.5, truncate=False)),
    "llama_yarn_factor": variant(
        LLAMA, num_attention_heads=2, num_key_value_heads=2,
        **ROPE(rope_type="yarn", factor=4.0, rope_theta=100.0, attention_factor=0.8)),
    "llama_biases": variant(LLAMA, attention_bias=True, mlp_bias=True, head_dim=6, hidden_act="gelu_new"),
    "llama_tied": variant(LLAMA, tie_word_embeddings=True, num_key_value_heads=4, hidden_act="quick_gelu"),
    "llama_f16": variant(LLAMA, _dtype="float16", num_key_value_heads=1, hidden_act="gelu_pytorch_tanh"),
    "gpt2_unscaled": variant(GPT2, scale_attn_weights=False, n_inner=24, activation_function="relu", _std={r"c_attn": 0.15},
                             v4=dict(n_embd="__drop__", n_layer="__drop__", n_head="__drop__", n_positions="__drop__", hidden_size=16,
                                     num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=32)),
    "gpt2_by_layer": variant(GPT2, scale_attn_by_inverse_layer_idx=True, activation_function="gelu"),
    "gpt2_base_names": variant(GPT2, activation_function="silu", _as_saved=without_prefix("transformer.")),
    "gpt2_untied": variant(GPT2, tie_word_embeddings=False),
    "gpt2_both_stored": variant(GPT2, _as_saved=both_stored),
    "gpt_neo_groups": variant(NEO, attention_types=[[["local"], 1], [["global"], 1]], intermediate_size=None,
                              activation_function="gelu", _std={r"[qk]_proj": 0.15},
                              v4=dict(num_heads="__drop__", num_layers="__drop__", num_attention_heads=2, num_hidden_layers=2)),
    "gpt_neox_sequential": variant(NEOX, use_parallel_residual=False, attention_bias=False,
                                   _as_saved=renamed("lm_head.weight", "embed_out.weight")),
    "gpt_neox_scaled": variant(NEOX, tie_word_embeddings=True, hidden_act="gelu_new", rotary_pct=1.0,
                               rope_parameters={"rope_type": "linear", "factor": 3.0, "rope_theta": 1000.0,
                                                "partial_rotary_factor": 1.0}),
    "gpt_neox_odd": variant(NEOX, rotary_pct=0.4, _rows=(7, 4)),
    "bert_alone": variant(BERT, cls="BertModel", _auto="AutoModel", hidden_act="gelu_new"),
    "bert_masked": variant(BERT, cls="BertForMaskedLM", _auto="AutoModelForMaskedLM", hidden_act="relu", type_vocab_size=3),
    "bert_untied": variant(BERT, tie_word_embeddings=False, layer_norm_eps=1e-3),
    "bert_causal": variant(BERT, cls="BertLMHeadModel", _auto="AutoModelForCausalLM", is_decoder=True),
    "roberta_alone": variant(ROBERTA, cls="RobertaModel", _auto="AutoModel"),
    "roberta_causal": variant(ROBERTA, cls="RobertaForCausalLM", _auto="AutoModelForCausalLM", is_decoder=True),
    "roberta_types": variant(ROBERTA, hidden_act="relu", pad_token_id=1, tie_word_embeddings=False),
    "qwen2_sliding": variant(QWEN2, use_sliding_window=True, sliding_window=3, max_window_layers=1,
                             v4=dict(use_sliding_window=True, sliding_window=3, max_window_layers=1)),
    "qwen3_sliding": variant(QWEN3, use_sliding_window=True, sliding_window=3, max_window_layers=1, attention_bias=True,
                             tie_word_embeddings=True,
                             v4=dict(use_sliding_window=True, sliding_window=3, max_window_layers=1)),
    "mistral_whole": variant(MISTRAL, sliding_window=None, head_dim=6),
    "mistral_absent": variant(MISTRAL, num_attention_heads=8, num_key_value_heads=8, hidden_act="swish", sliding_window=1,
                              v4=dict(num_key_value_heads="__drop__", max_position_embeddings="__drop__")),
    "gemma_bias": variant(GEMMA, attention_bias=True, hidden_act="silu"),
    "gemma_old_act": variant(GEMMA, num_key_value_heads=1,
                             v4=dict(hidden_act="gelu", hidden_activation="gelu_pytorch_tanh")),
    "gemma2_uncapped": variant(GEMMA2, attn_logit_softcapping=None, final_logit_softcapping=None, attention_bias=True),
    "gemma2_defaults": variant(GEMMA2, layer_types=["full_attention", "sliding_attention", "sliding_attention"],
                               v4=dict(layer_types=["full_attention", "sliding_attention", "sliding_attention"],
                                       attn_logit_softcapping="__drop__", final_logit_softcapping="__drop__")),
    "gemma3_caps": variant(GEMMA3, attn_logit_softcapping=2.0, final_logit_softcapping=5.0, attention_bias=True,
                           layer_types=["sliding_attention", "sliding_attention", "full_attention"],
                           v4=dict(rope_theta=1000000.0, rope_local_base_freq=10000.0, sliding_window_pattern=3)),
    "gemma3_both_ways": variant(GEMMA3, use_bidirectional_attention=True, _no_v4=True,
                                layer_types=["sliding_attention", "full_attention", "sliding_attention"]),
    "phi3_short": variant(PHI3, original_max_position_embeddings=32, max_position_embeddings=64, sliding_window=3,
                          rope_parameters={"rope_type": "longrope", "rope_theta": 10000.0, "partial_rotary_factor": 1.0,
                                           "short_factor": [1.0, 1.2, 1.5, 2.0], "long_factor": [2.0, 3.0, 4.0, 8.0]}),
    "phi3_long": variant(PHI3, original_max_position_embeddings=3, max_position_embeddings=64,
                         rope_parameters={"rope_type": "longrope", "rope_theta": 10000.0, "partial_rotary_factor": 0.5,
                                          "short_factor": [1.0, 1.2], "long_factor": [2.0, 3.0]},
                         v4=dict(partial_rotary_factor=0.5)),
    "stablelm_parallel": variant(STABLELM, use_parallel_residual=True, use_qkv_bias=True),
    "stablelm_qk_norm": variant(STABLELM, qk_layernorm=True, tie_word_embeddings=True,
                                _spec=dict(q_norm="self_attn.q_layernorm", k_norm="self_attn.k_layernorm",
                                           qk_norm_layout="heads_first")),
    "olmo2_bias": variant(OLMO2, attention_bias=True, num_key_value_heads=4, tie_word_embeddings=True),
    "granite_biases": variant(GRANITE, attention_bias=True, mlp_bias=True,
                              **ROPE(rope_type="linear", factor=2.0, rope_theta=10000.0)),
}


def make(name, fam):
    kind = fam["config"]["model_type"]
    before, make_batches = mg.SPECS[kind], mg.make_batches
    mg.SPECS[kind] = dict(before, **fam.get("spec", {}))
    if fam["config"].get("use_parallel_residual") and kind == "stablelm":
        mg.SPECS[kind] = {k: v for k, v in mg.SPECS[kind].items() if k != "norm2"}
    mg.make_batches = lambda *a: [b for b in make_batches(*a) if b["name"] in ("plain", "left", "left_default")]
    try:
        folder = mg.write_family(name, fam, HERE, mg.SEED)
        if fam.get("no_v4"):
            (folder / "config.json").write_text((folder / "config.alt.json").read_text())
        mg_report = mg.check_family(name, fam, HERE)
        print(f"{name}: {mg.folder_size(folder) / 1024:.0f} KiB, rows alone / float64 use "
              f"{mg_report['row alone']:.3f} / {mg_report['float64']:.3f} of the tolerance")
    finally:
        mg.SPECS[kind], mg.make_batches = before, make_batches
    for extra in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        (folder / extra).unlink()


if __name__ == "__main__":
    for chosen in sys.argv[1:] or list(VARIANTS):
        make(chosen, VARIANTS[chosen])
