"""The commands that fill, copy and replace stores: `load`, `backup`, `restore`, `build --store`, `query` of a store."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import signal
import struct
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from peers import strict
from peers.strict import Strict
from processes import ACTORGRAPH, PATIENCE, eventually, started
from pyoxigraph import RdfFormat, parse

import graph
from graph.case.starter import create
from graph.cli import main, progress
from graph.dataset.shape import INDEXES
from graph.store import Folder, change

ROOT = Path(__file__).resolve().parent.parent
E = "http://example.org/"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one case, `cases/harbour`, and a few files, to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(progress.Progress, "PATIENCE", 600.0)
    create("harbour", tmp_path / "cases")
    Path("a.ttl").write_text(f'<{E}a> <{E}p> "a" .', "utf-8")
    Path("b.nq").write_text(f'<{E}b> <{E}p> "b" <{E}g> .\n', "utf-8")
    return tmp_path


@pytest.fixture
def server() -> Iterator[Strict]:
    with strict.running() as running:
        yield running


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="actorgraph")


def fine(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def wrong(*words: str, code: int = 1) -> str:
    result = run(*words)
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    return result.stderr.splitlines()[-1]


def test_load_adds_and_replaces_and_counts(here: Path) -> None:
    assert fine("load", "stores/one", "a.ttl") == "stores/one: 1 quads added, 1 in all\n"
    assert fine("load", "stores/one", "a.ttl", "b.nq") == "stores/one: 1 quads added, 2 in all\n"
    assert fine("load", "stores/one", "a.ttl", "--replace", "--graph", f"{E}mine") == "stores/one: 1 quads in all\n"
    assert fine("query", "stores/one", "SELECT ?g { GRAPH ?g { ?s ?p ?o } }", "--format", "csv") == f"g\n{E}mine\n"


@pytest.mark.slow
def test_a_backup_is_whole_or_not_there_and_restores(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fine("build", "--store", "kept")
    # A store has its indexes besides.
    kept = Folder(Path("kept"))
    quads = {*graph.load("cases/harbour").quads, *(quad for name in INDEXES for quad in kept.graph(name.value))}
    assert fine("backup", "kept", "all.nq.gz") == f"all.nq.gz: {len(quads):,} quads\n"
    assert fine("backup", "kept", "all.nq") == f"all.nq: {len(quads):,} quads\n"
    packed = gzip.decompress(Path("all.nq.gz").read_bytes())
    assert set(parse(packed, RdfFormat.N_QUADS)) == set(parse(path="all.nq", format=RdfFormat.N_QUADS)) == quads
    fine("load", "kept", "b.nq", "--replace")
    assert fine("restore", "kept", "all.nq.gz") == f"kept: {len(quads):,} quads in all\n"
    assert Folder("kept").count() == len(quads)

    def broken(self: Folder, out: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Folder, "dump", broken)
    before = Path("all.nq.gz").read_bytes()
    assert wrong("backup", "kept", "all.nq.gz").startswith("all.nq.gz: cannot be written (No space left on device).")
    assert Path("all.nq.gz").read_bytes() == before
    assert [entry.name for entry in here.iterdir() if entry.name.startswith(".")] == []


@pytest.mark.slow
def test_a_build_into_a_store_leaves_what_others_put_there(here: Path) -> None:
    fine("load", "kept", "a.ttl", "b.nq")
    out = fine("build", "--store", "kept")
    assert out.endswith("Store kept\n")
    answers = [fine("query", *source, "denied", "--format", "csv") for source in ([], ["kept"], ["out/dataset.trig"])]
    assert answers[0] == answers[1] == answers[2]
    assert fine("query", "kept", f"ASK {{ <{E}a> ?p ?o }}") == "yes\n"
    told = json.loads(fine("build", "--store", "kept", "--json"))
    assert told["store"] == "kept"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("load", "kept", "bad.ttl"), "bad.ttl:1:5: "),
        (("load", "kept", "none.ttl"), "none.ttl: cannot be read (No such file or directory). Check the path."),
        (("load", "cases", "a.ttl"), "cases: is neither a store nor empty. Name a new folder."),
        (("load", "https:///x", "a.ttl"), "https:///x: is not the address of a server. Write https://…"),
        (("backup", "none", "x.nq"), "none: does not exist. Create it: actorgraph load none FILES…"),
        (("restore", "kept", "bad.nq.gz"), "bad.nq.gz: is an incomplete gzip file"),
    ],
)
def test_what_goes_wrong_is_one_line_and_changes_nothing(words: tuple[str, ...], line: str, here: Path) -> None:
    fine("load", "kept", "b.nq")
    Path("bad.ttl").write_text("<a> .\n", "utf-8")
    Path("bad.nq.gz").write_bytes(b"not packed")
    assert wrong(*words).startswith(line)
    assert fine("query", "kept", "SELECT ?o { ?s ?p ?o }", "--format", "csv") == "o\nb\n"


def test_a_store_in_memory_and_a_backup_of_another_format_are_wrong_use(here: Path) -> None:
    assert wrong("load", "memory", "a.ttl", code=2).startswith("Error: A store in memory would end with this command.")
    assert wrong("backup", "kept", "x.ttl", code=2) == "Error: x.ttl: a backup is N-Quads. Name it x.nq.gz."


@pytest.mark.slow
def test_the_same_over_a_server(here: Path, server: Strict, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"{server.url}/query"
    fine("load", url, "a.ttl", "b.nq")
    assert fine("query", url, "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "--format", "csv") == "o\na\nb\n"
    assert wrong("load", url, "a.ttl", "--replace").startswith(f"{url}: has 1 graph that this would remove, first <")
    monkeypatch.setattr(change, "_REQUEST", 500)
    result = run("build", "--store", url)
    assert result.exit_code == 0, result.output
    assert "requests. Until the last one, others could see part of it." in result.stderr
    assert fine("query", url, "denied", "--format", "csv") == fine("query", "denied", "--format", "csv")
    fine("backup", url, "all.nq.gz")
    fine("restore", "kept", "all.nq.gz")
    assert fine("query", "kept", "denied", "--format", "csv") == fine("query", "denied", "--format", "csv")


def test_progress_is_lines_where_there_is_no_terminal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counting = progress.Counting()
    counting.bar = False
    with counting:
        counting(10_000)
        assert capsys.readouterr().err == "", "nothing in the first moments"
        counting.said -= counting.pause
        counting.begun -= counting.pause
        counting(20_000)
        assert capsys.readouterr().err.startswith("20,000 quads, ")


@pytest.mark.slow
def test_ctrl_c_leaves_the_store_as_it_was(here: Path) -> None:
    fine("load", "kept", "b.nq")
    before = Folder("kept").current()
    os.mkfifo("endless.nq")
    with (
        started([*ACTORGRAPH, "load", "kept", "endless.nq"]) as process,
        open("endless.nq", "w", encoding="utf-8") as pipe,  # noqa: PTH123 - opening waits for the reader
    ):
        pipe.write(f'<{E}c> <{E}p> "c" <{E}g> .\n' * 100_000)
        pipe.flush()
        # All of it is taken in, and more is waited for.
        eventually(lambda: struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4))) == (0,))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert err.endswith("Interrupted. Nothing is half written.\n")
    assert Folder("kept").current() == before
    fine("load", "kept", "a.ttl")
