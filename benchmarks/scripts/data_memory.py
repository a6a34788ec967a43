#!/usr/bin/env python3
"""Peak resident memory of a run over few texts and over ten times as many, without and with a filled cache.

    python benchmarks/scripts/data_memory.py [--texts 2000] [--arrakis ./arrakis]
"""

import argparse
import os
import random
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("the a dog cat bird house river tree stone water fire night day man woman child road city music light dark green red "
         "blue small large old new good bad quick slow runs sits sings eats sleeps builds breaks opens closes finds").split()
SPEC = """name: memory-{texts}
seed: 7
model: minilm
data:
  texts: {{source: jsonl, path: texts-{texts}.jsonl, text: text}}
steps:
  probe:
    use: k_prober.knowledge_probe
    with: {{ids: "${{data.texts}}", concept_neuron: [0, 17]}}
"""


def prepare(folder, texts):
    draw = random.Random(1)
    with open(folder / f"texts-{texts}.jsonl", "w") as out:
        for i in range(texts):
            text = " ".join(draw.choice(WORDS) for _ in range(draw.randint(6, 30)))
            out.write(f'{{"id": "t{i}", "text": "{text}", "label": {"true" if i % 2 else "false"}}}\n')
    (folder / f"{texts}.yaml").write_text(SPEC.format(texts=texts))


def peak_mib(arguments, folder, texts):
    process = subprocess.Popen(
        [arguments.arrakis, "run", f"{texts}.yaml", "--quiet", "--cache-dir", str(folder / "cache")], cwd=folder,
        stdout=subprocess.DEVNULL, start_new_session=True)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run over {texts} texts failed")
    return usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--arrakis", default=str(ROOT / "arrakis"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for cache in ("empty", "filled"):
            peaks = []
            for texts in (arguments.texts, 10 * arguments.texts):
                prepare(folder, texts)
                peaks.append(peak_mib(arguments, folder, texts))
            few, many = peaks
            print(f"cache {cache}: {few:.0f} MiB, with ten times the texts {many:.0f} MiB, ratio {many / few:.3f}", flush=True)


if __name__ == "__main__":
    main()
