#!/usr/bin/env python3
"""Writes a checkpoint with random weights in the shape of a model that people use, in Hugging Face layout.

Needs torch and transformers. The tokenizer is left out: passes over token ids need none.

    python benchmarks/scripts/random_checkpoint.py gpt2-small /tmp/gpt2-small
    python benchmarks/scripts/random_checkpoint.py llama-1b /tmp/llama-1b        # 2.5 GB
"""

import argparse

import torch
import transformers

SHAPES = {
    # 124 million parameters, float32
    "gpt2-small": lambda: (transformers.GPT2Config(), torch.float32),
    # Llama 3.2 1B: 1.24 billion parameters, bfloat16, grouped keys, scaled rotary, tied unembedding
    "llama-1b": lambda: (
        transformers.LlamaConfig(
            vocab_size=128256, hidden_size=2048, intermediate_size=8192, num_hidden_layers=16, num_attention_heads=32,
            num_key_value_heads=8, head_dim=64, max_position_embeddings=131072, rms_norm_eps=1e-5, tie_word_embeddings=True,
            bos_token_id=128000, eos_token_id=128001,
            rope_parameters={"rope_type": "llama3", "rope_theta": 500000.0, "factor": 32.0, "low_freq_factor": 1.0,
                             "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}),
        torch.bfloat16),
}


def write(shape, directory, shard="1GB"):
    torch.manual_seed(1)
    config, dtype = SHAPES[shape]()
    torch.set_default_dtype(dtype)
    model = transformers.AutoModelForCausalLM.from_config(config, dtype=dtype)
    model.save_pretrained(directory, safe_serialization=True, max_shard_size=shard)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("directory")
    arguments = parser.parse_args()
    write(arguments.shape, arguments.directory)
