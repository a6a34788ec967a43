#!/usr/bin/env python3
"""Times a capture of MiniLM by Arrakis in turns with the plain forward passes of ONNX Runtime and Hugging Face transformers.

Arrakis copies every residual stream and all MLP neurons out; its peers copy nothing but their output. On a busy machine the wall
clock says little: take the processor time with --threads 1. Each engine runs for --warm-up seconds of processor time before
anything counts, since Java compiles while it runs. Needs torch,
transformers and onnxruntime in the Python that runs it (a virtual environment outside of the repository), and Maven for the class
path. The weights are those that Arrakis has unpacked.

    python benchmarks/scripts/capture_peers.py [--rounds 9] [--threads 2] [--warm-up 5] [32x128 8x32 1x16 ...]
"""

import argparse
import glob
import os
import statistics
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("ARRAKIS_CACHE_DIR", Path.home() / ".cache" / "arrakis"))


def class_path():
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        subprocess.run(
            ["mvn", "-o", "-q", "-Pquick", "-pl", "benchmarks", "-am", "-DskipTests", "package",
             "dependency:build-classpath", f"-Dmdep.outputFile={file.name}", "-Dmdep.includeScope=runtime"],
            cwd=ROOT, check=True)
        return str(ROOT / "benchmarks/target/quick/classes") + os.pathsep + Path(file.name).read_text()


def token_ids(rows, columns):
    ids = [[1996 + (row * columns + column) * 7919 % 20000 for column in range(columns)] for row in range(rows)]
    for row in ids:
        row[0], row[-1] = 101, 102
    return ids


def timed(work):
    """Seconds of wall clock, and of processor time of this thread (with one thread, all of it)."""
    wall, cpu = time.perf_counter(), time.thread_time()
    work()
    return time.perf_counter() - wall, time.thread_time() - cpu


class Arrakis:
    name = "arrakis"

    def __init__(self, path, rows, columns, threads):
        self.process = subprocess.Popen(
            ["java", "-Xmx2g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-cp", path,
             "io.arrakis.benchmarks.capture.CaptureServer", str(rows), str(columns), str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def run(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("seconds "):
                return tuple(map(float, line.split()[1:]))
        raise RuntimeError("the capture ended")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Onnx:
    name = "onnxruntime"

    def __init__(self, path, rows, columns, threads):
        import numpy
        import onnxruntime

        jar = next(entry for entry in path.split(os.pathsep) if "all-minilm-l6-v2" in entry)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        with zipfile.ZipFile(jar) as archive:
            self.session = onnxruntime.InferenceSession(
                archive.read("all-minilm-l6-v2.onnx"), options, providers=["CPUExecutionProvider"])
        ids = numpy.array(token_ids(rows, columns), "i8")
        self.inputs = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}

    def run(self):
        return timed(lambda: self.session.run(None, self.inputs))

    def close(self):
        pass


class Transformers:
    name = "transformers"

    def __init__(self, path, rows, columns, threads):
        import torch
        import transformers

        torch.set_num_threads(threads)
        folder = glob.glob(str(CACHE / "models" / "minilm-*"))[0]
        self.torch = torch
        self.model = transformers.AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
        ids = torch.tensor(token_ids(rows, columns))
        self.inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}

    def run(self):
        with self.torch.no_grad():
            return timed(lambda: self.model(**self.inputs))

    def close(self):
        pass


def in_turns(engines, warm_up, rounds):
    """Seconds of wall clock and of processor time of each round, by engine; ends the engines."""
    for engine in engines:
        spent = 0
        while spent < warm_up:
            spent += engine.run()[1]
    times = {engine.name: [] for engine in engines}
    for _ in range(rounds):
        for engine in engines:
            times[engine.name].append(engine.run())
    for engine in engines:
        engine.close()
    return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shapes", nargs="*", default=["32x128", "8x32", "1x16"])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=5)
    arguments = parser.parse_intermixed_args()
    path = class_path()
    for shape in arguments.shapes:
        rows, columns = map(int, shape.split("x"))
        engines = [kind(path, rows, columns, arguments.threads) for kind in (Arrakis, Onnx, Transformers)]
        times = in_turns(engines, arguments.warm_up, arguments.rounds)
        report(f"{shape}, wall clock, median", {name: statistics.median(t[0] for t in taken) for name, taken in times.items()})
        report(f"{shape}, processor time, least", {name: min(t[1] for t in taken) for name, taken in times.items()})


def report(what, times):
    print(what, ", ".join(f"{name} {1000 * value:.2f} ms" for name, value in times.items()),
          f"; arrakis / onnxruntime {times['arrakis'] / times['onnxruntime']:.2f}"
          f", arrakis / transformers {times['arrakis'] / times['transformers']:.2f}", flush=True)


if __name__ == "__main__":
    main()
