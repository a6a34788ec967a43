"""What a sweep costs beside the same trials one by one. Needs a built distribution and nothing else.

    python benchmarks/scripts/sweep_cost.py [--arrakis ./arrakis] [--rounds 3] [PASS] [TRIALS] [AXES] [JOBS]

PASS    7 layers x 3 settings over 4,000 sentences of MiniLM, against the deepest trial alone: seconds of forward passes.
TRIALS  1,000 trivial trials on a tiny model against 100: seconds and peak memory; and the start of a process.
AXES    20 models of the size of MiniLM against 2, and 40 data sets of 2,000 sentences against 4: peak memory.
JOBS    12 trials that only compute, a minute in all and one thread each, with one job and with two: seconds.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "framework-testkit/src/main/resources/goldens/bert"


def run(arrakis, *arguments):
    """Returns seconds, peak resident bytes of the process, and the document that it prints."""
    start = time.time()
    process = subprocess.Popen(
        [*arrakis, *map(str, arguments), "--json", "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out = process.stdout.read()
    err = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.time() - start
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(err)
    return seconds, usage.ru_maxrss * 1024, json.loads(out)


def sentences(count, seed=7):
    draw = random.Random(seed)
    words = ("time year people way day man thing woman life child world school state family student group country problem hand "
             "part place case week company system program question work government number night point home water room mother "
             "area money story fact month lot right study book eye job word business issue side kind head house service").split()
    return [" ".join(draw.choice(words) for _ in range(draw.randint(8, 30))) for _ in range(count)]


def passes(arrakis, folder, rounds):
    (folder / "texts.txt").write_text("\n".join(sentences(4000)) + "\n")
    base = """
name: %s
seed: 7
model: minilm
data: {contexts: {source: text, path: texts.txt}}
steps:
  senses:
    use: k_prober.polysemantic_score
    with: {layer_idx: 6, k_neighbors: 50, contexts: "${data.contexts}", words: [time, hand, head], max_occurrences: 10}
"""
    (folder / "single.yaml").write_text(base % "single")
    (folder / "sweep.yaml").write_text(base % "sweep" + """
sweep:
  grid:
    steps.senses.with.layer_idx: {range: [0, 6]}
    steps.senses.with.k_neighbors: [10, 25, 50]
""")
    single, whole, single_wall, whole_wall = [], [], [], []
    for turn in range(rounds):
        places = ("--save-dir", folder / f"runs{turn}", "--cache-dir", folder / f"cache{turn}a")
        seconds, _, document = run(arrakis, "run", folder / "single.yaml", *places)
        manifest = json.loads((Path(document["run"]) / "manifest.json").read_text())
        single.append(sum(one["seconds"] for one in manifest["passes"]))
        tokens = manifest["forward"]["tokens"]
        single_wall.append(seconds)
        places = ("--save-dir", folder / f"runs{turn}", "--cache-dir", folder / f"cache{turn}b")
        seconds, _, document = run(arrakis, "sweep", folder / "sweep.yaml", *places)
        record = json.loads((Path(document["run"]) / "sweep.json").read_text())
        whole.append(sum(one["seconds"] for one in record["passes"]))
        assert sum(one["tokens"] for one in record["passes"]) == tokens
        whole_wall.append(seconds)
    print(f"PASS: {tokens} tokens once in both; forward seconds, sweep of 21 / deepest alone: "
          f"{statistics.median(whole):.1f} / {statistics.median(single):.1f} = "
          f"{statistics.median(whole) / statistics.median(single):.2f} (goal 1.3); all of it "
          f"{statistics.median(whole_wall):.1f} / {statistics.median(single_wall):.1f} s")


def trials(arrakis, folder, rounds):
    yaml = f"""
name: trivial
model: {TINY}
threads: 1
steps:
  heads: {{use: kg_extractor.extract_relational_subspaces, with: {{layer_idx: 1, top_k: 2}}}}
"""
    starts, each, growth = [], [], []
    for turn in range(rounds):
        took = {}
        for count in (100, 1000):
            file = folder / f"trivial{count}.yaml"
            file.write_text(yaml + f"sweep: {{grid: {{seed: {{range: [1, {count}]}}}}}}\n")
            places = ("--save-dir", folder / f"trivial{turn}-{count}", "--cache-dir", folder / "cache")
            seconds, peak, _ = run(arrakis, "sweep", file, *places)
            took[count] = (seconds, peak)
        file = folder / "one.yaml"
        file.write_text(yaml)
        seconds, _, _ = run(arrakis, "run", file, "--save-dir", folder / f"one{turn}", "--cache-dir", folder / "cache")
        starts.append(seconds)
        each.append((took[1000][0] - took[100][0]) / 900)
        growth.append(took[1000][1] / took[100][1])
    print(f"TRIALS: one of 1,000 costs {1000 * statistics.median(each):.1f} ms, a process with one run "
          f"{statistics.median(starts):.2f} s: 1/{statistics.median(starts) / statistics.median(each):.0f} (goal 1/50); peak memory "
          f"of 1,000 / 100 trials {statistics.median(growth):.2f} (goal 1.10)")


def peak(arrakis, folder, name, turn, few, many, yaml):
    """Returns by how much peak memory grows from few values of an axis to ten times as many."""
    peaks = []
    for count in (few, many):
        file = folder / f"{name}{count}.yaml"
        file.write_text(yaml(count))
        places = ("--save-dir", folder / f"{name}{turn}-{count}", "--cache-dir", folder / f"{name}{turn}-{count}-cache")
        peaks.append(run(arrakis, "sweep", file, *places)[1])
    return peaks[1] / peaks[0]


def axes(arrakis, folder, rounds):
    for at in range(40):
        (folder / f"texts{at}.txt").write_text("\n".join(sentences(2000, at)) + "\n")
    (folder / "few.txt").write_text("\n".join(sentences(200)) + "\n")
    base = """
name: axes
seed: 7
model: minilm
threads: 1
data: {contexts: {source: text, path: few.txt}}
steps:
  senses:
    use: k_prober.polysemantic_score
    with: {layer_idx: 1, k_neighbors: 5, contexts: "${data.contexts}", words: [time, hand], min_occurrences: 5, max_occurrences: 20}
sweep: {grid: {%s: [%s]}}
"""
    models, data = [], []
    for turn in range(rounds):
        models.append(peak(arrakis, folder, "models", turn, 2, 20, lambda count: base % (
            "model", ", ".join(f"{{random: {{like: minilm, seed: {seed}}}}}" for seed in range(1, count + 1)))))
        data.append(peak(arrakis, folder, "data", turn, 4, 40, lambda count: base % (
            "data.contexts.path", ", ".join(f"texts{at}.txt" for at in range(count)))))
    print(f"AXES: peak memory of 20 / 2 models {statistics.median(models):.2f}, of 40 / 4 data sets "
          f"{statistics.median(data):.2f} (goal 1.10)")


def jobs(arrakis, folder, rounds):
    contexts = sentences(1000)
    (folder / "jobs.txt").write_text("\n".join(contexts) + "\n")
    words = sorted(set(" ".join(contexts).split()))[:30]
    (folder / "jobs.yaml").write_text(f"""
name: jobs
seed: 7
model: minilm
threads: 1
data: {{contexts: {{source: text, path: jobs.txt}}}}
steps:
  senses:
    use: k_prober.polysemantic_score
    with: {{layer_idx: 1, k_neighbors: 50, contexts: "${{data.contexts}}", words: [{', '.join(words)}], max_occurrences: 1000}}
sweep: {{grid: {{steps.senses.with.layer_idx: {{range: [1, 6]}}, steps.senses.with.k_neighbors: [25, 50]}}}}
""")
    sweep = ("sweep", folder / "jobs.yaml", "--cache-dir", folder / "cache")
    run(arrakis, *sweep, "--set", "steps.senses.with.max_occurrences=20", "--save-dir", folder / "passes")
    seconds, processor = {1: [], 2: []}, {1: [], 2: []}
    for turn in range(rounds):
        for count in (1, 2):
            before = children()
            seconds[count].append(run(arrakis, *sweep, "--jobs", count, "--save-dir", folder / f"jobs{turn}-{count}")[0])
            processor[count].append(children() - before)
    middle = statistics.median
    print(f"JOBS: one {middle(seconds[1]):.1f} s, two {middle(seconds[2]):.1f} s: {middle(seconds[1]) / middle(seconds[2]):.2f} "
          f"times as fast; processor time {middle(processor[1]):.1f} and {middle(processor[2]):.1f} s")


def children():
    """Returns the processor seconds of all processes that were started from here and have ended, and of those that they started."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--arrakis", default=str(ROOT / "arrakis"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("work", nargs="*", default=["PASS", "TRIALS", "AXES", "JOBS"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        for name, measure in (("PASS", passes), ("TRIALS", trials), ("AXES", axes), ("JOBS", jobs)):
            if name in chosen.work:
                measure([chosen.arrakis], Path(made), chosen.rounds)
