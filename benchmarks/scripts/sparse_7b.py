#!/usr/bin/env python3
"""Times the relational subspaces of one block of a folder in the shape of a Llama of seven billion weights.

The folder is bfloat16 and sparse: 13.5 GB long, on disk little more than the attention of two blocks, which is random; all else is
zero. Prints how long the step took and how many bytes of the model were read, both from the run's manifest, for one block and for
two: the difference is a block, without what the first one pays for a Java that has just started. Needs nothing but Python and the
built distribution.
With --peer the same folder is loaded in transformers afterwards, in a process of its own, once as it comes and once with every weight
read, as whoever computes with the model must. It needs as much memory as the folder is long; --layers makes a shorter one.

    python benchmarks/scripts/sparse_7b.py [--directory DIR] [--layer 17] [--layers 32] [--peer PYTHON]
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIDTH, NEURONS, VOCABULARY = 4096, 11008, 32000
CONFIG = {
    "model_type": "llama",
    "architectures": ["LlamaForCausalLM"],
    "hidden_size": WIDTH,
    "intermediate_size": NEURONS,
    "num_attention_heads": 32,
    "num_key_value_heads": 32,
    "max_position_embeddings": 4096,
    "vocab_size": VOCABULARY,
    "rms_norm_eps": 1e-05,
    "rope_theta": 10000.0,
    "hidden_act": "silu",
    "torch_dtype": "bfloat16",
    "tie_word_embeddings": False,
}


PEER = """
import resource, sys, time, torch
from transformers import AutoModelForCausalLM
begun = time.time()
model = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.bfloat16, low_cpu_mem_usage=True)
loaded = time.time() - begun
for weight in model.parameters():
    weight.data.view(torch.int16).max()
read = time.time() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(f"transformers: loaded in {loaded:.1f} s, every weight read after {read:.1f} s, {peak:.1f} GB at most")
"""


def tensors(layers):
    yield "model.embed_tokens.weight", (VOCABULARY, WIDTH)
    for layer in range(layers):
        block = f"model.layers.{layer}."
        for part in ("q_proj", "k_proj", "v_proj", "o_proj"):
            yield f"{block}self_attn.{part}.weight", (WIDTH, WIDTH)
        yield f"{block}mlp.gate_proj.weight", (NEURONS, WIDTH)
        yield f"{block}mlp.up_proj.weight", (NEURONS, WIDTH)
        yield f"{block}mlp.down_proj.weight", (WIDTH, NEURONS)
        yield f"{block}input_layernorm.weight", (WIDTH,)
        yield f"{block}post_attention_layernorm.weight", (WIDTH,)
    yield "model.norm.weight", (WIDTH,)
    yield "lm_head.weight", (VOCABULARY, WIDTH)


def random_bfloat16(count):
    """Numbers of both signs from 2^-7 to 2^-3 in size, spread over these four powers of two."""
    high = bytes((byte & 0x80) | 0x3C | (byte & 1) for byte in range(256))
    numbers = bytearray(2 * count)
    numbers[0::2] = os.urandom(count)
    numbers[1::2] = os.urandom(count).translate(high)
    return numbers


def contents(layers):
    """The tensors that are not zero, as bytes."""
    for layer in layers:
        for part in ("q_proj", "k_proj"):
            yield f"model.layers.{layer}.self_attn.{part}.weight", random_bfloat16(WIDTH * WIDTH)
        yield f"model.layers.{layer}.input_layernorm.weight", b"\x80\x3f" * WIDTH


def write(folder, layers, filled):
    header, at = {}, 0
    for name, shape in tensors(layers):
        count = 2
        for size in shape:
            count *= size
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [at, at + count]}
        at += count
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(folder / "model.safetensors", "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + at)
        for name, numbers in contents(filled):
            file.seek(8 + len(text) + header[name]["data_offsets"][0])
            file.write(numbers)
    (folder / "config.json").write_text(json.dumps({**CONFIG, "num_hidden_layers": layers}))
    return at


def extract(folder, model, blocks):
    """Runs the step, in a process of its own; returns its seconds, all seconds, bytes read."""
    (folder / "sparse.yaml").write_text(
        f"""name: sparse
seed: 1
model: {model}
steps:
  subspaces:
    use: kg_extractor.extract_relational_subspaces
    with: {{layer_idx: {blocks}, top_k: 3}}
"""
    )
    subprocess.run([ROOT / "arrakis", "--version"], check=True, stdout=subprocess.DEVNULL)  # builds what is not built
    begun = time.time()
    printed = subprocess.run(
        [ROOT / "arrakis", "run", folder / "sparse.yaml", "--save-dir", folder / "runs", "--json", "--cache-dir", folder / "cache"],
        check=True,
        capture_output=True,
        text=True,
    )
    whole = time.time() - begun
    manifest = json.loads((Path(json.loads(printed.stdout)["run"]) / "manifest.json").read_text())
    return manifest["steps"][0]["seconds"], whole, manifest["model"]["bytes_read"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--directory", type=Path)
    parser.add_argument("--layer", type=int, default=17)
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has torch and transformers")
    options = parser.parse_args()
    folder = options.directory or Path(tempfile.mkdtemp())
    model = folder / "sparse-7b"
    model.mkdir(parents=True, exist_ok=True)
    filled = [options.layer, options.layer + 1]
    all_bytes = write(model, options.layers, filled)
    for blocks in filled[:1], filled:
        seconds, whole, read = extract(folder, model, blocks)
        print(f"{len(blocks)} of {options.layers} blocks: step {seconds:.2f} s, whole command {whole:.1f} s, "
              f"read {read / 1e6:.1f} MB of {all_bytes / 1e9:.2f} GB, {100 * read / all_bytes:.2f}%", flush=True)
    if options.peer:
        subprocess.run([options.peer, "-c", PEER, model], check=True)


if __name__ == "__main__":
    main()
