#!/usr/bin/env python3
"""Searches a base of a million rows exactly and by graphs, and prints recall@50, times and peak memory.

    python benchmarks/scripts/graph_recall.py [--rows 1000000] [--queries 2000] [--columns 384] [--threads 2]

Needs Maven for the class path. The base is drawn block by block as it is read, also by the exact search, whose time is
therefore no time of the kernel; `linalg_peers.py QUERIES_2000_OF_300000` is.
"""

import argparse
import os
import subprocess

from linalg_peers import class_path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--columns", type=int, default=384)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(arguments.threads)
    path = class_path()
    print("| base | queries | recall@50 | exact, s | graph, s | peak memory, MiB |")
    print("|---|---|---|---|---|---|", flush=True)
    printed = subprocess.run(
        ["java", "-Xmx2g", "-XX:+UseParallelGC", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-cp", path,
         "io.arrakis.benchmarks.linalg.GraphRecall", str(arguments.rows), str(arguments.queries),
         str(arguments.columns), str(arguments.threads)],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    print(*(line for line in printed.splitlines() if line.startswith("|")), sep="\n")  # the rest is the libraries' log


if __name__ == "__main__":
    main()
