"""The closing line over several runs of tests, in pytest's words: `closing.py RESULT.xml...`, each as JUnit's XML.

A run that wrote no result counts as an error. The exit code is 0 when nothing failed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

#: In pytest's order: what a test case holds when it did not pass → how pytest calls it.
OUTCOMES = {"failure": "failed", "": "passed", "skipped": "skipped", "error": "error"}


def main(files: list[str]) -> int:
    """Print how each run went and, as the last line, all of them together."""
    total: Counter[str] = Counter()
    seconds = 0.0
    for file in map(Path, files):
        counts, took = read(file)
        total += counts
        seconds += took
        print(f"{file.stem}: {words(counts)} in {took:.2f}s")
    line = f" {words(total)} in {seconds:.2f}s ({clock(seconds)}) "
    print(line.center(80, "="))
    return int(bool(total["failed"] or total["error"]))


def read(file: Path) -> tuple[Counter[str], float]:
    """How many tests ended how, and the seconds that they took by the clock."""
    try:
        root = ElementTree.parse(file).getroot()
    except (FileNotFoundError, ElementTree.ParseError):
        return Counter(error=1), 0.0
    counts = Counter(
        next((word for tag, word in OUTCOMES.items() if tag and case.find(tag) is not None), "passed")
        for case in root.iter("testcase")
    )
    suites = [suite for suite in root.iter("testsuite") if suite.get("timestamp")]
    return counts, sum(float(each.get("time", 0)) for each in suites or root.findall("testcase"))


def words(counts: Counter[str]) -> str:
    """Such as `1 failed, 3 passed`."""
    told = [f"{counts[word]} {word}{'s' * (word == 'error' and counts[word] > 1)}" for word in OUTCOMES.values()
            if counts[word]]  # fmt: skip
    return ", ".join(told) or "no tests ran"


def clock(seconds: float) -> str:
    """Such as `0:12:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
