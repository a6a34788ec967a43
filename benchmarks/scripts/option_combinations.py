#!/usr/bin/env python3
"""Holds random combinations of the options of all families against Hugging Face transformers, through the command line.

    python benchmarks/scripts/option_combinations.py path/to/bin/arrakis [--count 10] [--seed 1] [--families llama gpt2]

Makes a tiny random model for each combination, with the code that makes the golden folders, lets `arrakis capture --tokens` read it
with its configuration in the keys of transformers 4, in those of transformers 5, and with all keys left out that say what their
absence means, and compares every tensor at every hook point with the goldens' tolerance. Needs what make_goldens.py needs, and a
built distribution; about six seconds a combination. Dynamic scaling is tried on rows of one length, since the reference takes the
longest row of a batch for all.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
KIT = Path(__file__).resolve().parents[2] / "framework-testkit/src/main/resources"
sys.path[:0] = [str(KIT / "goldens"), str(KIT / "golden-variants")]
sys.dont_write_bytecode = True

import make_goldens as mg  # noqa: E402
import make_variants as mv  # noqa: E402
import numpy as np  # noqa: E402
import transformers  # noqa: E402
from safetensors.numpy import load_file  # noqa: E402

ACTIVATIONS = ["gelu", "gelu_new", "gelu_pytorch_tanh", "silu", "relu", "quick_gelu"]
BATCHES = ("plain", "right", "left", "left_default")
TOLERANCE = 2e-4


def rope(r, kinds=("default", "linear", "dynamic", "llama3", "yarn")):
    """Rotary parameters in the style of transformers 5."""
    kind = r.choice(kinds)
    said = {"rope_type": kind, "rope_theta": r.choice([10000.0, 100.0, 500000.0, 50.0])}
    if kind in ("linear", "dynamic"):
        said["factor"] = r.choice([2.0, 4.0, 3])
    elif kind == "llama3":
        said.update(factor=8.0, low_freq_factor=r.choice([1.0, 0.5]), high_freq_factor=r.choice([4.0, 3]),
                    original_max_position_embeddings=r.choice([16, 32, 8]))
    elif kind == "yarn":
        said["factor"] = r.choice([4.0, 2])
        optional = dict(original_max_position_embeddings=[16, 8, 32], beta_fast=[16, 4.0], beta_slow=[2, 0.5], mscale=[0.7],
                        mscale_all_dim=[1.2], attention_factor=[0.9, 1.3], truncate=[True, False])
        said.update({key: r.choice(values) for key, values in optional.items() if r.random() < 0.4})
    return said


def decoder(r, kind):
    heads = r.choice([2, 4])
    return dict(model_type=kind, num_attention_heads=heads, hidden_size=heads * 8, num_hidden_layers=r.choice([2, 3]),
                intermediate_size=r.choice([24, 40]), max_position_embeddings=r.choice([64, 48, 5]), bos_token_id=0,
                eos_token_id=0, num_key_value_heads=r.choice([k for k in (1, 2, 4) if heads % k == 0]))


def some_slide(r, config, v4):
    layers = [r.choice(["sliding_attention", "full_attention"]) for _ in range(config["num_hidden_layers"])]
    config["layer_types"] = v4["layer_types"] = layers


def gpt2(r, kind, v4):
    heads = r.choice([2, 4])
    if r.random() < 0.4:
        v4["reorder_and_upcast_attn"] = True
    return dict(model_type=kind, n_embd=heads * 8, n_layer=r.choice([1, 3]), n_head=heads, n_positions=r.choice([16, 32]),
                n_inner=r.choice([None, 24]), activation_function=r.choice(ACTIVATIONS),
                layer_norm_epsilon=r.choice([1e-5, 1e-3]), scale_attn_weights=r.random() < 0.5,
                scale_attn_by_inverse_layer_idx=r.random() < 0.5, tie_word_embeddings=r.random() < 0.5, bos_token_id=0,
                eos_token_id=0)


def gpt_neo(r, kind, v4):
    heads, layers = r.choice([2, 4]), r.choice([2, 4])
    types = r.choice([[[["global", "local"], layers // 2]], [[["global"], layers]], [[["local"], layers]],
                      [[["local"], 1], [["global"], layers - 1]]])
    return dict(model_type=kind, hidden_size=heads * 8, num_layers=layers, num_heads=heads, intermediate_size=r.choice([None, 24]),
                window_size=r.choice([1, 2, 3, 100]), attention_types=types, activation_function=r.choice(ACTIVATIONS),
                max_position_embeddings=r.choice([16, 32]), layer_norm_epsilon=r.choice([1e-5, 1e-2]),
                tie_word_embeddings=r.random() < 0.5, bos_token_id=0, eos_token_id=0)


def gpt_neox(r, kind, v4):
    config = decoder(r, kind)
    config.pop("num_key_value_heads")
    kinds = ("default", "linear", "llama3")  # yarn and dynamic want more dimensions than a small share of a head has
    config.update(hidden_act=r.choice(ACTIVATIONS), use_parallel_residual=r.random() < 0.5, attention_bias=r.random() < 0.6,
                  tie_word_embeddings=r.random() < 0.4, layer_norm_eps=r.choice([1e-5, 1e-3]),
                  rope_parameters={**rope(r, kinds), "partial_rotary_factor": r.choice([0.25, 0.5, 1.0, 0.75, 0.4])})
    return config


def llama_like(r, kind, v4):
    config = decoder(r, kind)
    config.update(hidden_act=r.choice(ACTIVATIONS), rms_norm_eps=r.choice([1e-6, 1e-3]), tie_word_embeddings=r.random() < 0.4,
                  rope_parameters=rope(r))
    if r.random() < 0.5 or kind == "qwen3":
        config["head_dim"] = r.choice([4, 6, 12])
    if kind in ("llama", "granite", "olmo2", "qwen3"):
        config["attention_bias"] = r.random() < 0.5
    if kind in ("llama", "granite"):
        config["mlp_bias"] = r.random() < 0.5
    if kind == "granite":
        config.update(attention_multiplier=r.choice([0.3, 1.0]), embedding_multiplier=r.choice([2.0, 12]),
                      residual_multiplier=r.choice([0.22, 1.0]), logits_scaling=r.choice([8.0, 3]))
    if kind == "mistral":
        config["sliding_window"] = r.choice([None, 1, 3, 100])
    if kind in ("qwen2", "qwen3") and r.random() < 0.6:
        slides = dict(use_sliding_window=True, sliding_window=r.choice([1, 3]), max_window_layers=r.choice([0, 1, 28]))
        config.update(slides)
        v4.update(slides)
        if r.random() < 0.4:
            some_slide(r, config, v4)
    return config


def gemma_like(r, kind, v4):
    config = decoder(r, kind)
    config.update(head_dim=r.choice([4, 6, 12]), rms_norm_eps=r.choice([1e-6, 1e-3]), attention_bias=r.random() < 0.5,
                  tie_word_embeddings=r.random() < 0.7)
    config["hidden_act" if kind == "gemma" else "hidden_activation"] = r.choice(ACTIVATIONS[1:])
    if kind != "gemma3_text":
        config["rope_parameters"] = rope(r)
    else:
        full, sliding = rope(r, ("default", "linear", "llama3", "yarn")), rope(r, ("default",))
        full.pop("truncate", None)
        config["rope_parameters"] = {"full_attention": full, "sliding_attention": sliding}
        scaling = {key: value for key, value in full.items() if key != "rope_theta"}
        v4.update(rope_theta=full["rope_theta"], rope_local_base_freq=sliding["rope_theta"],
                  rope_scaling=scaling if full["rope_type"] != "default" else None,
                  use_bidirectional_attention="__drop__", _sliding_window_pattern="__drop__")
    if kind != "gemma":
        config.update(sliding_window=r.choice([1, 3, 100]), query_pre_attn_scalar=r.choice([9, 256]),
                      attn_logit_softcapping=r.choice([None, 2.0]), final_logit_softcapping=r.choice([None, 3.0]))
        if r.random() < 0.6:
            some_slide(r, config, v4)
        elif kind == "gemma3_text":
            config["sliding_window_pattern"] = v4["sliding_window_pattern"] = r.choice([2, 3, 6])
    return config


def phi3(r, kind, v4):
    config = decoder(r, kind)
    share = v4["partial_rotary_factor"] = r.choice([1.0, 0.5])
    said = {"rope_type": r.choice(["default", "longrope"]), "rope_theta": r.choice([10000.0, 100.0]), "partial_rotary_factor": share}
    if said["rope_type"] == "longrope":
        pairs = int(8 * share) // 2
        said.update(short_factor=[r.uniform(1, 2) for _ in range(pairs)], long_factor=[r.uniform(1, 9) for _ in range(pairs)])
        said.update({key: value for key, value in (("factor", 4.0), ("attention_factor", 1.1)) if r.random() < 0.3})
    config.update(hidden_act=r.choice(ACTIVATIONS), rms_norm_eps=r.choice([1e-5, 1e-3]), tie_word_embeddings=r.random() < 0.4,
                  sliding_window=r.choice([None, 1, 3]), original_max_position_embeddings=r.choice([64, 32, 16, 3]),
                  max_position_embeddings=max(48, config["max_position_embeddings"]), rope_parameters=said)
    return config


def stablelm(r, kind, v4):
    config = decoder(r, kind)
    kinds = ("default", "linear", "llama3", "yarn")
    config.update(hidden_act=r.choice(ACTIVATIONS), layer_norm_eps=r.choice([1e-5, 1e-3]), tie_word_embeddings=r.random() < 0.4,
                  use_qkv_bias=r.random() < 0.5, qk_layernorm=r.random() < 0.5, use_parallel_residual=r.random() < 0.5,
                  rope_parameters={**rope(r, kinds), "partial_rotary_factor": r.choice([0.25, 0.5, 1.0])})
    return config


def encoder(r, kind, v4):
    heads = r.choice([2, 4])
    special = dict(pad_token_id=0) if kind == "bert" else dict(pad_token_id=1, bos_token_id=0, eos_token_id=2)
    return dict(model_type=kind, hidden_size=heads * 8, num_hidden_layers=r.choice([1, 3]), num_attention_heads=heads,
                intermediate_size=r.choice([24, 40]), hidden_act=r.choice(ACTIVATIONS), max_position_embeddings=r.choice([20, 40]),
                type_vocab_size=r.choice([1, 2, 3]), layer_norm_eps=r.choice([1e-12, 1e-3]), tie_word_embeddings=r.random() < 0.5,
                **special)


MAKERS = dict(gpt2=gpt2, gpt_neo=gpt_neo, gpt_neox=gpt_neox, phi3=phi3, stablelm=stablelm, bert=encoder, roberta=encoder,
              **{kind: llama_like for kind in ("llama", "granite", "olmo2", "mistral", "qwen2", "qwen3")},
              **{kind: gemma_like for kind in ("gemma", "gemma2", "gemma3_text")})
HEADS = dict(bert=[("BertForPreTraining", "AutoModelForPreTraining"), ("BertModel", "AutoModel"),
                   ("BertForMaskedLM", "AutoModelForMaskedLM")],
             roberta=[("RobertaForMaskedLM", "AutoModelForMaskedLM"), ("RobertaModel", "AutoModel")])


def combination(name, kind):
    r, v4, more = random.Random(name), {}, {}
    config = MAKERS[kind](r, kind, v4)
    if kind in HEADS:
        more["cls"], more["_auto"] = r.choice(HEADS[kind])
    if config.get("qk_layernorm"):
        more["_spec"] = dict(q_norm="self_attn.q_layernorm", k_norm="self_attn.k_layernorm", qk_norm_layout="heads_first")
    dynamic = config.get("rope_parameters", {}).get("rope_type") == "dynamic"
    if dynamic or kind == "phi3":
        more.update(_rows=(7, 7), _plain=7)
    if config.get("max_position_embeddings") == 5 and not dynamic:
        config["max_position_embeddings"] = 64
    if r.random() < 0.3:
        more["_dtype"] = r.choice(["float16", "bfloat16"])
    return mv.variant(config, cls=more.pop("cls", None), v4=v4, **more)


def write(name, kind, out):
    family = combination(name, kind)
    before = mg.SPECS[kind]
    mg.SPECS[kind] = dict(before, **family.get("spec", {}))
    if family["config"].get("use_parallel_residual") and kind == "stablelm":
        mg.SPECS[kind].pop("norm2", None)
    try:
        return mg.write_family(name, family, out, 1), family["config"]
    finally:
        mg.SPECS[kind] = before


def without_defaults(config, kind):
    """The configuration without the keys that say what their absence means."""
    usual = transformers.AutoConfig.for_model(kind).to_dict()
    return {key: value for key, value in config.items() if key == "model_type" or key not in usual or usual[key] != value}


def misses(folder, captured):
    """The tensors beyond the tolerance, each with how far."""
    expected, found, beyond = load_file(folder / "expected.safetensors"), load_file(captured), []
    for batch in json.loads((folder / "inputs.json").read_text())["batches"]:
        real = np.array(batch["attention_mask"], bool)
        for name in [name for name in expected if name.startswith(batch["name"] + ".")]:
            a, b = found[name], expected[name]
            if name.endswith(("pooler_output", "nsp_logits")):
                a, b = a[real[:, 0]], b[real[:, 0]]
            elif name.endswith(("hook_pattern", "hook_attn_scores")):
                a, b = np.moveaxis(a, 2, 1)[real], np.moveaxis(b, 2, 1)[real]
                if name.endswith("hook_attn_scores"):
                    continue  # scores of padded keys mean nothing; the pattern has what they say of the others
            else:
                a, b = a[real], b[real]
            worst = (np.abs(a.astype(float) - b) / (TOLERANCE + TOLERANCE * np.abs(b))).max(initial=0)
            if not worst <= 1:
                beyond.append((name, float(worst)))
    return beyond


def compare(arrakis, folder, kind):
    """What differs in each style of the configuration."""
    styles = {style: json.loads((folder / style).read_text()) for style in ("config.json", "config.alt.json")}
    styles["bare"] = without_defaults(styles["config.alt.json"], kind)
    for style, config in styles.items():
        (folder / "config.json").write_text(json.dumps(config))
        captured = folder / "captured.safetensors"
        ended = subprocess.run([arrakis, "capture", "--model", folder, "--tokens", folder / "inputs.json", "--hooks", "*",
                                "--out", captured, "--quiet"], capture_output=True, text=True)
        if ended.returncode:
            yield style, ended.stderr.strip()
        else:
            beyond = misses(folder, captured)
            if beyond:
                yield style, f"{len(beyond)} tensors, first {beyond[0]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("arrakis")
    parser.add_argument("--count", type=int, default=10, help="combinations of each family")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", nargs="*", default=sorted(MAKERS), choices=sorted(MAKERS))
    asked = parser.parse_args()
    make_batches = mg.make_batches
    mg.make_batches = lambda *a: [batch for batch in make_batches(*a) if batch["name"] in BATCHES]
    same = other = 0
    for index in range(asked.count):
        for kind in asked.families:
            with tempfile.TemporaryDirectory() as temp:
                name = f"{kind}_{asked.seed}_{index}"
                folder, config = write(name, kind, Path(temp))
                found = list(compare(asked.arrakis, folder, kind))
                same, other = same + (not found), other + bool(found)
                for style, what in found:
                    print(name, style, what, config, flush=True)
    print(f"{same} combinations agree, {other} do not")
    sys.exit(1 if other else 0)


if __name__ == "__main__":
    main()
