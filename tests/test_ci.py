"""The closing line of `.ci/run` counts every test of every part, and a part that told nothing is an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from processes import PYTHON, ROOT, finished

PYTEST = """<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" time="61.5" timestamp="2026">
<testcase name="a" time="1"/><testcase name="b" time="1"/>
<testcase name="c" time="1"><skipped message="no R"/></testcase>
{0}</testsuite></testsuites>"""
NODE = """<?xml version="1.0"?><testsuites><testcase name="a" time="0.25" classname="test"/>
<testsuite name="many" time="2" tests="1"><testcase name="b" time="2" classname="test"/></testsuite></testsuites>"""
FAILED = '<testcase name="d" time="1"><failure message="no">no</failure></testcase>'


@pytest.mark.parametrize(
    ("parts", "line", "ends"),
    [
        ((PYTEST.format(""), NODE), " 4 passed, 1 skipped in 61.75s (0:01:02) ", 0),
        ((PYTEST.format(FAILED), NODE), " 1 failed, 4 passed, 1 skipped in 61.75s (0:01:02) ", 1),
        ((PYTEST.format(""), ""), " 2 passed, 1 skipped, 1 error in 61.50s (0:01:02) ", 1),
        ((PYTEST.format(""), None), " 2 passed, 1 skipped, 1 error in 61.50s (0:01:02) ", 1),
    ],
    ids=["all well", "one failed", "cut off", "not there"],
)
def test_all_parts_are_one_line(tmp_path: Path, parts: tuple[str | None, ...], line: str, ends: int) -> None:
    files = [tmp_path / f"{number}.xml" for number in range(len(parts))]
    for file, part in zip(files, parts, strict=True):
        if part is not None:
            file.write_text(part, "utf-8")
    done = finished([PYTHON, str(ROOT / ".ci" / "closing.py"), *map(str, files)])
    assert (done.stdout.splitlines()[-1].strip("="), done.returncode) == (line, ends), done.stderr


@pytest.mark.slow
def test_a_plain_run_and_the_rest_leave_nothing_out() -> None:
    """Each test is in exactly one of the two parts of `.ci/run`."""

    def collected(*options: str) -> tuple[set[str], int]:
        """What is run, and how many tests there are with what is not."""
        command = [PYTHON, "-m", "pytest", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider", *options]
        done = finished(command, cwd=ROOT)
        counted = re.search(r"^(\d+)/(\d+) tests collected", done.stdout, re.MULTILINE)
        assert done.returncode == 0 and counted, done.stdout
        picked = {line for line in done.stdout.splitlines() if line.startswith("tests/")}
        assert len(picked) == int(counted[1])
        return picked, int(counted[2])

    (quick, every), (later, again) = collected(), collected("-m", "later")
    assert quick and later and not quick & later
    assert every == again == len(quick) + len(later)
