"""Where `fcntl`, `resource`, `/proc` and `prctl` are not there, everything still runs, and says what is weaker.

They are taken away in a process of its own: what this shows holds for what this project does, on a system that lacks
them for other reasons.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import PATIENCE
from serving import Served, serving

from graph.store import Folder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent / "elsewhere"
CASE = ROOT / "tests" / "cases" / "accepted.yaml"
WITHOUT = {"PYTHONPATH": f"{HERE}{os.pathsep}{ROOT}"}


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env={**os.environ, **WITHOUT}, cwd=cwd, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


def fine(*words: str, cwd: Path) -> str:
    done = run("-m", "graph", *words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_they_are_taken_away(tmp_path: Path) -> None:
    for line in (
        "import fcntl",
        "import resource",
        "open('/proc/self/statm')",
        "import ctypes; ctypes.CDLL(None).prctl",
    ):
        assert run("-c", line, cwd=tmp_path).returncode == 1
    assert run("-c", "import psutil; psutil.Process().memory_info()", cwd=tmp_path).returncode == 1


def test_the_library_loads_builds_draws_and_queries(tmp_path: Path) -> None:
    fine("build", str(CASE), "--out", str(tmp_path / "out"), "--store", str(tmp_path / "store"), cwd=tmp_path)
    fine("draw", str(CASE), "--out", str(tmp_path / "alone.html"), cwd=tmp_path)
    assert (tmp_path / "alone.html").stat().st_size > 100_000
    asked = [fine("query", source, "disputed", "--format", "csv", cwd=tmp_path) for source in (
        str(CASE), "out/dataset.trig", "store",
    )]  # fmt: skip
    assert asked[0] == asked[1] == asked[2]
    fine("backup", "store", "all.nq.gz", cwd=tmp_path)
    fine("restore", "store", "all.nq.gz", cwd=tmp_path)


def test_a_query_says_that_nothing_but_its_text_keeps_it_offline(tmp_path: Path) -> None:
    said = {query: run("-m", "graph", "query", str(CASE), query, cwd=tmp_path).stderr for query in ("ASK {}", "denied")}
    assert said["ASK {}"].startswith("Network: this system cannot keep the query offline. SERVICE is refused from")
    assert "Network" not in said["denied"], "the named queries are ours"
    refused = run("-m", "graph", "query", str(CASE), "SELECT * { SERVICE <http://127.0.0.1:9/> {} }", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.splitlines()[-1][:32]) == (1, "query: SERVICE would ask another")


def test_the_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    holding = (
        "from graph.store.folder import Editions\n"
        "with Editions('store').writing(keep=False, command='the first') as store:\n"
        "    print('holding', flush=True)\n"
        "    input()\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", holding], env={**os.environ, **WITHOUT}, cwd=tmp_path,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "holding\n"
        (tmp_path / "a.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
        second = run("-m", "graph", "load", "store", "a.nt", cwd=tmp_path)
        assert second.returncode == 1
        assert f"store: is being written by process {first.pid} since" in second.stderr
        assert "(the first)" in second.stderr
        first.kill()
    # The lock ends with the process that held it.
    fine("load", "store", "a.nt", cwd=tmp_path)


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(str(CASE), "--timeout", "3", env=WITHOUT) as served:
        yield served


def test_the_service_answers_and_says_what_is_weaker(service: Served) -> None:
    assert service.get("ASK { ?s ?p ?o }").json()["boolean"] is True
    assert service.client.get(service.url).status_code == 200
    said = service.warned
    assert any(line.startswith("Memory: this system tells no program how much a query takes.") for line in said)
    assert any(line.startswith("Network: this system cannot keep the workers offline.") for line in said)
    assert any(line.startswith("Processes: if the service is killed, each of its workers goes on") for line in said)


def test_a_service_that_may_be_written_to_says_what_is_weaker_then(tmp_path: Path) -> None:
    Folder(tmp_path / "store").replace([])
    before = [("ACTORGRAPH_TOKEN", "s3cret"), *WITHOUT.items()]
    with serving(str(tmp_path / "store"), "--workers", "1", "--writable", env=dict(before)) as served:
        headers = {"Authorization": "Bearer s3cret"}
        done = served.client.post(served.sparql, data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"}, headers=headers)
        assert done.status_code == 204
        assert any(line.startswith("Updates: this system does not limit the memory") for line in served.warned)


def test_linux_has_nothing_to_say() -> None:
    if sys.platform == "linux":
        with serving(str(CASE), "--workers", "1") as served:
            assert served.get("ASK {}").json()["boolean"] is True
            assert served.warned == []


def test_a_query_without_end_is_ended_all_the_same(service: Served) -> None:
    answer = service.client.post(
        service.sparql, data={"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}
    )
    assert answer.status_code == 504
    assert service.get("ASK {}").json()["boolean"] is True


def test_memory_is_watched_where_the_system_sets_no_limit(tmp_path: Path) -> None:
    """Without `resource` but with processes that can be looked at, as on Windows: the web process ends what grows."""
    place = tmp_path / "elsewhere"
    shutil.copytree(HERE, place)
    hook = place / "sitecustomize.py"
    less = hook.read_text("utf-8").replace('.startswith("/proc")', '.startswith("/proc/self/statm")')
    hook.write_text(less, "utf-8")
    grow = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with serving(
        str(CASE), "--memory", "64", "--timeout", "7200", env={"PYTHONPATH": f"{place}{os.pathsep}{ROOT}"}
    ) as served:
        answer = served.client.post(served.sparql, data={"query": grow})
        assert (answer.status_code, answer.json()["title"]) == (413, "The query needs too much memory")
        assert any(line.startswith("Memory: this system sets a query no limit. What it") for line in served.warned)
        assert served.get("ASK {}").json()["boolean"] is True


def test_nothing_imports_them_by_itself() -> None:
    """Only `serve.system` looks for what not every system has."""
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "graph").rglob("*.py")
        if re.search(
            r"^ *import (?:fcntl|resource|termios)|\"resource\"|\"/proc/", path.read_text("utf-8"), re.MULTILINE
        )
    }
    assert found == {"graph/serve/system.py"}
