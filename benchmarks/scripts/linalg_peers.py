#!/usr/bin/env python3
r"""Times the linear algebra of Arrakis and its peers in turns, and prints the ratio of the medians.

Needs numpy, scipy, faiss-cpu, torch and scikit-learn in the Python that runs it (a virtual environment outside of the
repository), and Maven for the class path.

    python benchmarks/scripts/linalg_peers.py [--rounds 5] [--warm-up 2] [--threads 2] [WORKLOAD ...]

The rows of the Knowledge Prober:

    python benchmarks/scripts/linalg_peers.py SELF_20000 SELF_50000 QUERIES_2000_OF_300000 CROWDING_768 \
        CROWDING_2048 MAX_T MAX_T_SKLEARN

A round runs the peer once and Arrakis once; the rounds of the warm-up are not counted. CPU seconds stand beside the
wall clock, since they say more on a machine that others use too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTLE = 0.3  # seconds in which threads of the other stop to spin


def unit_rows(rows, columns, seed):
    import numpy

    x = numpy.random.default_rng(seed).standard_normal((rows, columns)).astype("f4")
    return x / numpy.linalg.norm(x, axis=1, keepdims=True)


def faiss_search(queries, rows, columns, threads):
    import faiss

    faiss.omp_set_num_threads(threads)
    base = unit_rows(rows, columns, 1)
    index = faiss.IndexFlatIP(columns)
    index.add(base)
    asked = base if queries is None else unit_rows(queries, columns, 2)
    return lambda: index.search(asked, 50)


def torch_crowding(d_model, d_mlp, threads, k=50):
    """As the first Arrakis for Python does it: one product and topk, then a loop over neurons that gathers columns."""
    import torch

    torch.set_num_threads(threads)
    weights = torch.from_numpy(unit_rows(d_mlp, d_model, 1)).T.contiguous()

    def run():
        columns = weights / torch.norm(weights, dim=0)
        _, nearest = torch.topk(columns.T @ columns, k + 1, dim=1)
        scores = []
        for neuron in range(d_mlp):
            near = columns[:, nearest[neuron, 1:]]
            centrality = torch.norm(near.mean(dim=1))
            dispersion = torch.norm(near - near.mean(dim=1, keepdim=True), dim=0).mean()
            scores.append(centrality / dispersion)
        return torch.tensor(scores)

    return run


def numpy_max_t(units, texts, permutations):
    import numpy
    from scipy.stats import rankdata

    random = numpy.random.default_rng(1)
    responses = random.standard_normal((texts, units)).astype("f4")
    labels = numpy.zeros((permutations, texts), "f4")
    for row in labels:
        row[random.permutation(texts)[: texts // 2]] = 1
    expected = texts // 2 * (texts + 1) / 2

    def run():
        ranks = rankdata(responses, axis=0).astype("f4")
        return numpy.abs(labels @ ranks - expected).max(1)

    return run


def sklearn_max_t(units, texts, permutations, timed=2_000):
    """roc_auc_score in a loop, of so few pairs of a unit and a permutation that it ends; the caller extrapolates."""
    import numpy
    from sklearn.metrics import roc_auc_score

    random = numpy.random.default_rng(1)
    responses = random.standard_normal((texts, units)).astype("f4")
    labels = numpy.zeros((permutations, texts), "i4")
    for row in labels:
        row[random.permutation(texts)[: texts // 2]] = 1

    def run():
        for pair in range(timed):
            roc_auc_score(labels[pair % permutations], responses[:, pair % units])

    run.scale = units * permutations / timed
    return run


def torch_circuits(d_model, heads, d_head, threads):
    import torch

    torch.set_num_threads(threads)
    a = torch.randn(heads, d_model, d_head)
    b = torch.randn(heads, d_model, d_head)

    def run():
        for head in range(heads):
            q_a, r_a = torch.linalg.qr(a[head])
            q_b, r_b = torch.linalg.qr(b[head])
            u, s, vt = torch.linalg.svd(r_a @ r_b.mT)
            _ = q_a @ u, s, q_b @ vt.mT

    return run


def torch_pairs(tokens, d_head, threads, heads=1):
    import torch

    torch.set_num_threads(threads)
    q = torch.randn(tokens, d_head)
    k = torch.randn(tokens, d_head)
    threshold = 2.326 * d_head**0.5

    def run():
        for _ in range(heads):
            for first in range(0, tokens, 1024):
                scores = q[first : first + 1024] @ k.T
                scores.topk(50)
                above = (scores >= threshold).nonzero()
                _ = scores[above[:, 0], above[:, 1]]

    return run


PEERS = {
    "SELF_20000": ("FAISS IndexFlatIP", lambda t: faiss_search(None, 20_000, 384, t)),
    "SELF_50000": ("FAISS IndexFlatIP", lambda t: faiss_search(None, 50_000, 384, t)),
    "SELF_7019": ("FAISS IndexFlatIP", lambda t: faiss_search(None, 7_019, 197, t)),
    "QUERIES_2000_OF_300000": ("FAISS IndexFlatIP", lambda t: faiss_search(2_000, 300_000, 384, t)),
    "CROWDING_768": ("torch loop", lambda t: torch_crowding(768, 3_072, t)),
    "CROWDING_2048": ("torch loop", lambda t: torch_crowding(2_048, 5_632, t)),
    "MAX_T": ("NumPy, SciPy rankdata", lambda t: numpy_max_t(9_216, 400, 1_000)),
    "MAX_T_ODD": ("NumPy, SciPy rankdata", lambda t: numpy_max_t(1_537, 211, 333)),
    "MAX_T_SKLEARN": ("scikit-learn roc_auc_score in a loop, extrapolated", lambda t: sklearn_max_t(9_216, 400, 1_000)),
    "CIRCUITS_768": ("torch qr + svd", lambda t: torch_circuits(768, 12, 64, t)),
    "CIRCUITS_2048": ("torch qr + svd", lambda t: torch_circuits(2_048, 32, 64, t)),
    "CIRCUITS_4096": ("torch qr + svd", lambda t: torch_circuits(4_096, 32, 128, t)),
    "PAIRS_10000": ("torch blocked topk", lambda t: torch_pairs(10_000, 32, t)),
    "PAIRS_10000_72_HEADS": ("torch blocked topk", lambda t: torch_pairs(10_000, 32, t, 72)),
}


def class_path():
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run(
            ["mvn", "-q", "-Pquick", "-pl", "benchmarks", "-am", "compile", "dependency:build-classpath",
             f"-Dmdep.outputFile={file.name}"],
            cwd=ROOT, check=True, stdout=sys.stderr)
        path = Path(file.name).read_text().strip()
    return f"{ROOT}/benchmarks/target/quick/classes:{path}"


class Arrakis:
    """A Java process that runs a workload when it is told to."""

    def __init__(self, path, workload, threads):
        self.process = subprocess.Popen(
            ["java", "-Xms4g", "-Xmx4g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-cp", path,
             "io.arrakis.benchmarks.linalg.TimingServer", workload, str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def run(self):
        before = self.cpu()
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("seconds "):
                return float(line.split()[1]), self.cpu() - before
        raise RuntimeError(f"the Java process ended with status {self.process.wait()}")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def timed(peer):
    """Wall clock and processor time; of a peer that does a part of the work only, scaled to the whole."""
    wall, cpu = time.perf_counter(), time.process_time()
    peer()
    scale = getattr(peer, "scale", 1)
    return (time.perf_counter() - wall) * scale, (time.process_time() - cpu) * scale


def compare(path, workload, threads, rounds, warm_up):
    name, make = PEERS[workload]
    peer = make(threads)
    arrakis = Arrakis(path, workload.removesuffix("_SKLEARN"), threads)
    peers, ours = [], []
    for number in range(rounds + warm_up):
        theirs = timed(peer)
        time.sleep(SETTLE)
        mine = arrakis.run()
        time.sleep(SETTLE)
        if number >= warm_up:
            peers.append(theirs)
            ours.append(mine)
    arrakis.close()
    (peer_wall, peer_cpu), (wall, cpu) = (
        [statistics.median(column) for column in zip(*runs)] for runs in (peers, ours))
    print(f"| {workload} | {name} | {peer_wall:.3f} | {wall:.3f} | {wall / peer_wall:.2f} "
          f"| {peer_cpu:.2f} | {cpu:.2f} | {cpu / max(peer_cpu, 1e-9):.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workloads", nargs="*", default=list(PEERS), help=", ".join(PEERS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    unknown = [name for name in arguments.workloads if name not in PEERS]
    if unknown:
        parser.error(f"unknown workloads {unknown}; there are {', '.join(PEERS)}")
    os.environ["OMP_NUM_THREADS"] = str(arguments.threads)
    path = class_path()
    print("| work | peer | peer, s | Arrakis, s | ratio | peer, CPU s | Arrakis, CPU s | ratio of CPU |")
    print("|---|---|---|---|---|---|---|---|")
    for workload in arguments.workloads:
        compare(path, workload, arguments.threads, arguments.rounds, arguments.warm_up)


if __name__ == "__main__":
    main()
