"""The whole main job on the first case as a cold process, as a ratio to importing rdflib, networkx and pyvis.

    .venv/bin/python bench/main_job.py

Prints medians of seven runs, alternating; ratios count, for the machine is shared.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7


def seconds(*arguments: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    case = "cases/us-el-salvador-prison-deal"
    with tempfile.TemporaryDirectory() as out:
        jobs = {
            "imports of rdflib, networkx, pyvis": ("-c", "import rdflib, networkx, pyvis.network"),
            "build_graph.py": ("build_graph.py", "--out", out),
            "actorgraph check": ("-m", "graph", "check", case),
            "actorgraph query denied": ("-m", "graph", "query", case, "denied"),
        }
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(RUNS):
            for name, arguments in jobs.items():
                times[name].append(seconds(*arguments))
    floor = statistics.median(times["imports of rdflib, networkx, pyvis"])
    print("| job | median s | ratio to the imports |\n|---|---|---|")
    for name, found in times.items():
        middle = statistics.median(found)
        print(f"| {name} | {middle:.2f} | {middle / floor:.1f} |")


if __name__ == "__main__":
    main()
