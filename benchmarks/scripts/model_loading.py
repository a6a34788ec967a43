#!/usr/bin/env python3
"""Times a process that opens a checkpoint and makes one forward pass, beside Hugging Face transformers.

Takes seconds of wall clock, peak resident memory, and the bytes that came from disk with an empty page cache (which needs root; else
they are not said). Both compute in float32. Ours is timed twice: with logits of all tokens, and with the residual stream after
block 3, for which no deeper weight is needed. Needs torch and transformers in the Python that runs it, and a built distribution.

    python benchmarks/scripts/model_loading.py path/to/bin/arrakis /tmp/llama-1b [--rounds 3]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IDS = list(range(1000, 1016))
TRANSFORMERS = """
import sys, torch, transformers
torch.set_num_threads(2)
model = transformers.AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.float32).eval()
with torch.no_grad():
    print(model(input_ids=torch.tensor([%s]), use_cache=False).logits.sum().item())
""" % IDS


def drop_page_cache():
    try:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
        return True
    except OSError:
        return False


def measured(command):
    cold = drop_page_cache()
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(errors.decode())
    return time.perf_counter() - began, used.ru_maxrss / 1024, used.ru_inblock / 2048 if cold else float("nan")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("launcher")
    parser.add_argument("model")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tokens = Path(folder, "tokens.json")
        tokens.write_text(json.dumps({"batches": [{"name": "one", "input_ids": [IDS], "attention_mask": [[1] * len(IDS)]}]}))

        def capture(hook):
            return [arguments.launcher, "capture", "--model", arguments.model, "--tokens", str(tokens), "--hooks", hook,
                    "--out", str(Path(folder, "out.safetensors"))]

        commands = {
            "transformers, logits": [sys.executable, "-c", TRANSFORMERS, arguments.model],
            "arrakis, logits": capture("logits"),
            "arrakis, after block 3": capture("blocks.3.hook_resid_post"),
        }
        taken = {name: [] for name in commands}
        for _ in range(arguments.rounds):
            for name, command in commands.items():
                taken[name].append(measured(command))
    for name, rounds in taken.items():
        seconds, memory, read = (statistics.median(column) for column in zip(*rounds))
        print(f"{name}: {seconds:.1f} s, peak {memory:.0f} MiB, {read:.0f} MiB from disk", flush=True)


if __name__ == "__main__":
    main()
