"""What neurons add to the scores of tokens, by the modules of Hugging Face transformers in float64.

    python make_neuron_logits.py GOLDENS > neuron_logits.tsv

Norms are run as they are, on two random rows that differ by what the neuron writes; times the number that each divided by, their
outputs differ by what the norm does to the difference, and by nothing else.
"""

import sys
from pathlib import Path

import scipy
import torch
import transformers
from scipy import stats
from transformers import AutoModelForCausalLM, AutoTokenizer

FAMILIES = ("gpt2", "gpt_neo", "gpt_neox", "llama", "gemma2", "gemma3", "olmo2", "granite", "stablelm")
NEURONS = ((0, 3), (1, 17), (1, 60))


def blocks(model):
    body = model.base_model
    return body.h if hasattr(body, "h") else body.layers


def last_norm(model):
    body = model.base_model
    return next(getattr(body, name) for name in ("ln_f", "final_layer_norm", "norm") if hasattr(body, name))


def written(block, neuron):
    mlp = block.mlp
    linear = next(getattr(mlp, name) for name in ("c_proj", "down_proj", "dense_4h_to_h") if hasattr(mlp, name))
    return linear.weight[neuron] if type(linear).__name__ == "Conv1D" else linear.weight[:, neuron]


def through(norm, direction):
    centres = isinstance(norm, torch.nn.LayerNorm)
    epsilon = next(getattr(norm, name) for name in ("eps", "variance_epsilon") if hasattr(norm, name))

    def times_divisor(row):
        bias = getattr(norm, "bias", None)
        output = norm(row) if bias is None else norm(row) - bias
        deviation = row - row.mean() if centres else row
        return output * torch.sqrt(deviation.pow(2).mean() + epsilon)

    row = torch.randn_like(direction)
    return times_divisor(row + direction) - times_divisor(row)


def effects(model, layer, neuron):
    block = blocks(model)[layer]
    direction = written(block, neuron)
    if hasattr(block, "post_feedforward_layernorm"):
        direction = through(block.post_feedforward_layernorm, direction)
    direction = direction * getattr(model.config, "residual_multiplier", 1)
    direction = through(last_norm(model), direction)
    scores = torch.nn.functional.linear(direction, model.get_output_embeddings().weight)
    scores = scores / getattr(model.config, "logits_scaling", 1)
    return scores - scores.mean()


def line(family, model, tokenizer, layer, neuron):
    scores = effects(model, layer, neuron)[: len(tokenizer)]
    scores = scores - scores.mean()
    values = scores.numpy()
    order = scores.argsort(descending=True).tolist()
    sides = []
    for side in (order[:5], order[::-1][:5]):
        sides.append(" ".join(tokenizer.convert_ids_to_tokens(side)))
        sides.append(" ".join(repr(float(values[i])) for i in side))
    moments = (values.std(ddof=1), stats.skew(values), stats.kurtosis(values))
    fields = [family, layer, neuron, *(repr(float(m)) for m in moments), *sides]
    assert not any("\t" in str(field) for field in fields)
    return "\t".join(map(str, fields))


def main():
    torch.manual_seed(1)
    torch.set_default_dtype(torch.float64)
    print(f"# make_neuron_logits.py, seed 1: torch {torch.__version__}, transformers {transformers.__version__}, scipy {scipy.__version__}")
    for family in FAMILIES:
        folder = Path(sys.argv[1]) / family
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float64).eval()
        tokenizer = AutoTokenizer.from_pretrained(folder)
        with torch.no_grad():
            for layer, neuron in NEURONS:
                print(line(family, model, tokenizer, layer, neuron))


main()
