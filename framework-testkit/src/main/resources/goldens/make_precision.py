#!/usr/bin/env python3
"""Measures what the reference loses when it computes in bfloat16 or float16: precision.json in every golden folder.

    python -O make_precision.py            # every family; -O, since some checks of make_goldens.py want float32
    python -O make_precision.py llama      # only these

For each hook point it is the root mean square of (computed in that type - computed in float32), as a share of that of the
float32 numbers, over the real positions of the batches plain, right and left. Weights are rounded to the type, as a reader does.
Needs what make_goldens.py needs, and uses its code.
"""
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_goldens as mg  # noqa: E402

torch, json = mg.torch, mg.json
BATCHES = ("plain", "right", "left")


def recorded(model, batch):
    return {k: v.double() for k, v in mg.Recorder(model, model.config.model_type).take(batch).items()}


def measure(name):
    folder, fam = Path(__file__).resolve().parent / name, mg.FAMILIES[name]
    batches = [b for b in json.loads((folder / "inputs.json").read_text())["batches"] if b["name"] in BATCHES]
    exact = mg.load(folder, fam)
    result = {}
    for kind in ("bfloat16", "float16"):
        model = mg.load(folder, fam).to(getattr(torch, kind))
        off, size = {}, {}
        for batch in batches:
            wanted, got = recorded(exact, batch), recorded(model, batch)
            for hook, tensor in wanted.items():
                a, b = mg.valid(hook, batch, tensor), mg.valid(hook, batch, got[hook])
                off[hook] = off.get(hook, 0.0) + (a - b).pow(2).sum().item()
                size[hook] = size.get(hook, 0.0) + a.pow(2).sum().item()
        result[kind] = {hook: float(f"{(off[hook] / size[hook]) ** 0.5:.3g}") for hook in sorted(off)}
    mg.write_json(folder / "precision.json", result)
    worst = {kind: max(values.values()) for kind, values in result.items()}
    print(f"{name}: worst {worst}")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or mg.FAMILIES:
        measure(chosen)
