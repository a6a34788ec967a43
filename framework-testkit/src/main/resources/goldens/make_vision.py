#!/usr/bin/env python3
"""Makes gemma3_vision: the model of gemma3/ inside of a Gemma3ForConditionalGeneration with random eyes.

    python make_vision.py

The numbers are those of gemma3/. That the whole model computes them on texts is checked here, with both configurations: config.json
has the keys of transformers 4 and its names of tensors are the old ones, config.alt.json has the keys of transformers 5.
"""
import json
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import make_goldens as mg  # noqa: E402
import torch  # noqa: E402
from safetensors.torch import load_file, save_file  # noqa: E402
from transformers import AutoModelForImageTextToText, Gemma3Config, Gemma3ForConditionalGeneration  # noqa: E402

VISION = dict(model_type="siglip_vision_model", hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=2,
              image_size=8, patch_size=4)
OUTSIDE = dict(architectures=["Gemma3ForConditionalGeneration"], model_type="gemma3", boi_token_index=5, eoi_token_index=6,
               image_token_index=7, mm_tokens_per_image=4, initializer_range=0.02)
SAID_ELSEWHERE = ("architectures", "transformers_version", "torch_dtype", "dtype")


def wrapped(text, dtype_key):
    inner = {k: v for k, v in text.items() if k not in SAID_ELSEWHERE}
    return {**OUTSIDE, dtype_key: "float32", "text_config": inner, "vision_config": VISION,
            "tie_word_embeddings": text.get("tie_word_embeddings", True)}


def old_name(name):
    """What files of transformers 4 call a tensor."""
    if name.startswith("model.language_model."):
        return "language_model.model." + name.removeprefix("model.language_model.")
    return "language_model." + name if name.startswith("lm_head") else name.removeprefix("model.")


def check(folder, inputs, expected):
    model = AutoModelForImageTextToText.from_pretrained(
        str(folder), dtype=torch.float32, attn_implementation="eager", local_files_only=True).eval()
    worst = 0.0
    for batch in inputs["batches"]:
        mask = torch.tensor(batch["attention_mask"])
        positions = batch["position_ids"]
        with torch.no_grad():
            out = model(input_ids=torch.tensor(batch["input_ids"]), attention_mask=mask,
                        position_ids=None if positions is None else torch.tensor(positions))
        worst = max(worst, mg.over(out.logits[mask.bool()], expected[batch["name"] + ".logits"][mask.bool()]))
    assert worst < 0.1, worst
    return worst


def main():
    source, folder = HERE / "gemma3", HERE / "gemma3_vision"
    folder.mkdir(exist_ok=True)
    for name in ("inputs.json", "expected.safetensors", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "precision.json"):
        shutil.copy(source / name, folder / name)
    old, new = (json.loads((source / name).read_text()) for name in ("config.json", "config.alt.json"))
    if "rope_parameters" in old:
        old, new = new, old
    mg.write_json(folder / "config.json", wrapped(old, "torch_dtype"))
    mg.write_json(folder / "config.alt.json", wrapped(new, "dtype"))
    torch.manual_seed(mg.SEED)
    whole = Gemma3ForConditionalGeneration(Gemma3Config(**wrapped(new, "dtype")))
    state = {name: tensor.detach().clone() for name, tensor in whole.state_dict().items() if name != "lm_head.weight"}
    for name, tensor in load_file(source / "model.safetensors").items():
        target = "model.language_model." + name.removeprefix("model.") if name.startswith("model.") else name
        assert name.startswith("lm_head") or state[target].shape == tensor.shape, name
        state[target] = tensor
    save_file({old_name(name): tensor for name, tensor in state.items()}, folder / "model.safetensors", metadata={"format": "pt"})
    inputs = json.loads((folder / "inputs.json").read_text())
    expected = load_file(folder / "expected.safetensors")
    with tempfile.TemporaryDirectory() as tmp:
        other = Path(tmp)
        save_file(state, other / "model.safetensors", metadata={"format": "pt"})
        shutil.copy(folder / "config.alt.json", other / "config.json")
        print("old and new use", check(folder, inputs, expected), check(other, inputs, expected), "of the tolerance")
    for file in folder.iterdir():
        file.chmod(0o644)


if __name__ == "__main__":
    main()
