"""The whole main job on the first case as a cold process, as a ratio to importing rdflib, networkx and pyvis.

    .venv/bin/python bench/main_job.py

Prints medians of seven alternating runs; ratios of processor seconds count, for the machine may be shared. Compiled
code is kept, as it is on everybody's machine after the first run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7


def once(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float, int]:
    """Seconds, processor seconds and peak bytes of one process."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def measured(jobs: Mapping[str, Sequence[str]], runs: int = RUNS) -> dict[str, tuple[float, float, float]]:
    """Medians of seconds, processor seconds and peak bytes of each job; the jobs run in turn."""
    times: dict[str, list[tuple[float, float, int]]] = {name: [] for name in jobs}
    with tempfile.TemporaryDirectory() as compiled:
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, "PYTHONPYCACHEPREFIX": compiled}
        for arguments in jobs.values():
            once(arguments, environment)
        for _ in range(runs):
            for name, arguments in jobs.items():
                times[name].append(once(arguments, environment))
    return {
        name: (statistics.median(f[0] for f in found), statistics.median(f[1] for f in found), max(f[2] for f in found))
        for name, found in times.items()
    }


def main() -> None:
    case = "cases/us-el-salvador-prison-deal"
    floor = "importing rdflib, networkx and pyvis"
    with tempfile.TemporaryDirectory() as out:
        jobs = {
            floor: ("-c", "import rdflib, networkx, pyvis.network"),
            "build_graph.py": ("build_graph.py", "--out", out),
            "actorgraph check": ("-m", "graph", "check", case),
            "actorgraph query denied": ("-m", "graph", "query", case, "denied"),
        }
        found = measured(jobs)
    print("| job | seconds | processor seconds | ratio |\n|---|---|---|---|")
    for name, (seconds, cpu, _) in found.items():
        print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {cpu / found[floor][1]:.1f} |")


if __name__ == "__main__":
    main()
