#!/usr/bin/env python3
"""Times the forward pass of a model with a head, logits of all tokens included, in turns with Hugging Face transformers.

Needs torch and transformers in the Python that runs it, Maven for the class path, and a checkpoint, such as random_checkpoint.py
writes. Both compute in float32, without a cache of keys and values. See capture_peers.py for what to take on a busy machine.

    python benchmarks/scripts/time_per_token.py /tmp/gpt2-small [--rounds 9] [--threads 2] [--warm-up 5] [1x128 8x128 ...]
"""

import argparse
import statistics
import subprocess

import capture_peers


class Arrakis(capture_peers.Arrakis):
    def __init__(self, path, model, rows, columns, threads):
        self.process = subprocess.Popen(
            ["java", "-Xmx2g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-cp", path,
             "io.arrakis.benchmarks.capture.LogitsServer", model, str(rows), str(columns), str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


class Transformers(capture_peers.Transformers):
    def __init__(self, model, rows, columns, threads):
        import torch
        import transformers

        torch.set_num_threads(threads)
        self.torch = torch
        self.model = transformers.AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32).eval()
        ids = torch.tensor(capture_peers.token_ids(rows, columns))
        self.inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "use_cache": False}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("shapes", nargs="*", default=["1x128"])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=5)
    arguments = parser.parse_intermixed_args()
    path = capture_peers.class_path()
    for shape in arguments.shapes:
        rows, columns = map(int, shape.split("x"))
        engines = [Arrakis(path, arguments.model, rows, columns, arguments.threads),
                   Transformers(arguments.model, rows, columns, arguments.threads)]
        times = capture_peers.in_turns(engines, arguments.warm_up, arguments.rounds)
        for what, pick in (("wall clock, median", lambda taken: statistics.median(t[0] for t in taken)),
                           ("processor time, least", lambda taken: min(t[1] for t in taken))):
            ours, peer = (1000 * pick(times[engine.name]) / (rows * columns) for engine in engines)
            print(f"{shape}, {what}, a token: arrakis {ours:.2f} ms, transformers {peer:.2f} ms; ratio {ours / peer:.2f}", flush=True)


if __name__ == "__main__":
    main()
