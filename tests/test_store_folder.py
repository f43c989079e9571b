"""A store in a folder: whole or not at all, one writer, readers undisturbed, whatever becomes of whom."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from processes import PATIENCE, PYTHON, started
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from pyoxigraph import Store as Oxigraph

from graph.base.errors import StoreError
from graph.store import Folder, Memory, oxigraph
from graph.store.folder import Editions, is_folder

E = "http://example.org/"


def quads(generation: int, count: int = 100) -> Iterator[Quad]:
    mark = Literal(generation)
    for number in range(count):
        yield Quad(NamedNode(f"{E}s{number}"), NamedNode(f"{E}p"), mark, NamedNode(f"{E}g{number % 7}"))


def generations(folder: Editions) -> dict[int, int]:
    """Which generations are in a store, and how many quads of each."""
    found: dict[int, int] = {}
    with folder.reading() as reading:
        for quad in reading.store:
            assert isinstance(quad.object, Literal)
            found[int(quad.object.value)] = found.get(int(quad.object.value), 0) + 1
    return found


def entries(path: Path) -> set[str]:
    return {str(entry.relative_to(path)) for entry in (path.glob("*")) if entry.is_file()} | {
        entry.name for entry in (path / "editions").iterdir()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "store", "actorgraph test")
    made.replace(quads(1))
    return made


# --- editions


def test_a_change_puts_a_new_edition_in_force_and_removes_the_old(folder: Folder) -> None:
    first = folder.current()
    assert folder.replace(quads(2)) == 100
    second = folder.current()
    assert second != first
    assert entries(folder.path) == {"current", "lock", "write.lock", second, f"{second}.inuse"}
    assert generations(folder) == {2: 100}
    with folder.writing(keep=True) as store:
        store.bulk_extend(quads(3, 10))
    assert generations(folder) == {2: 100, 3: 10}


def test_a_reader_goes_on_while_others_write_and_sees_the_new_on_reopening(folder: Folder) -> None:
    with folder.reading() as reading:
        held = folder.hold()
        assert held.name == reading.name
        held.close()
        with folder.writing(keep=False) as store:
            store.bulk_extend(quads(2))
            assert len(reading.store) == 100
            assert generations(folder) == {1: 100}, "nobody sees a part"
        folder.replace(quads(3))
        assert {int(quad.object.value) for quad in reading.store} == {1}
        assert reading.path.is_dir()
        with folder.reading() as later:
            assert {int(quad.object.value) for quad in later.store} == {3}
        assert not [name for name in entries(folder.path) if name == "2"], "what nobody read is gone"
    folder.replace(quads(4))
    name = folder.current()
    assert entries(folder.path) == {"current", "lock", "write.lock", name, f"{name}.inuse"}


def test_what_raises_changes_nothing(folder: Folder) -> None:
    before, there = folder.current(), entries(folder.path)

    def broken() -> Iterator[Quad]:
        yield from quads(2, 50)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.replace(broken())
    with pytest.raises(ZeroDivisionError), folder.writing(keep=True) as store:
        print(store.clear() or 1 / 0)
    assert folder.current() == before
    assert entries(folder.path) == there
    assert generations(folder) == {1: 100}


def test_a_table_that_the_engine_removes_meanwhile_stops_no_write(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It joins tables in the background: what was listed a moment ago may be gone. One write in twenty failed so."""
    listed = Path.glob

    def late(self: Path, pattern: str) -> Iterator[Path]:
        yield from listed(self, pattern)
        if pattern.endswith(".sst"):
            yield self / "999999.sst"

    monkeypatch.setattr(Path, "glob", late)
    with folder.writing(keep=True) as store:
        store.bulk_extend(quads(2, 10))
    assert generations(folder) == {1: 100, 2: 10}


def test_what_came_in_several_batches_is_read_as_if_it_came_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxigraph, "_AT_ONCE", 250)
    folder = Folder(tmp_path / "store")
    quads = {Quad(NamedNode(f"{E}{n}"), NamedNode(f"{E}p"), Literal(str(n)), NamedNode(f"{E}g")) for n in range(1000)}
    folder.replace(quads)
    tables = list(folder.edition_path(folder.current()).glob("*.sst"))
    assert len(tables) <= 12, "each query looks into the tables of every batch"
    assert set(folder.graph(f"{E}g")) == quads


def test_a_first_write_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Editions(tmp_path / "new").writing(keep=False):
        print(1 / 0)
    assert not (tmp_path / "new").exists()


# --- others' folders


def test_a_folder_that_oxigraph_made_is_read_and_never_written(tmp_path: Path) -> None:
    store = Oxigraph(str(tmp_path / "plain"))
    store.bulk_extend(quads(1))
    store.flush()
    del store
    before = {entry.name: entry.stat().st_mtime_ns for entry in (tmp_path / "plain").iterdir()}
    folder = Folder(tmp_path / "plain")
    assert is_folder(folder.path)
    assert generations(folder) == {1: 100}
    assert folder.edition_path(folder.current()) == folder.path
    with pytest.raises(StoreError, match=r"plain: was made by Oxigraph itself and is only read\."):
        folder.replace(quads(2))
    assert {entry.name: entry.stat().st_mtime_ns for entry in folder.path.iterdir()} == before


@pytest.mark.parametrize("name", ["file", "folder", "half"])
def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "file":
        path.write_text("mine", "utf-8")
    else:
        (path / ("editions" if name == "half" else "photos")).mkdir(parents=True)
        (path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match=f"{name}: is neither a store nor empty|{name}: cannot be written"):
        Folder(path).replace(quads(1))
    with pytest.raises(StoreError, match=f"{name}: cannot be opened as a store"):
        Folder(path).count()
    assert (path if name == "file" else path / "letter.txt").read_text("utf-8") == "mine"


def test_a_damaged_store_says_so_and_loses_nothing(folder: Folder) -> None:
    edition = folder.current()
    (folder.path / "current").write_text("../elsewhere", "ascii")
    with pytest.raises(StoreError, match="its file current names no edition"):
        folder.count()
    with pytest.raises(StoreError, match="its file current names no edition"):
        folder.update(f"DELETE WHERE {{ GRAPH <{E}g0> {{ ?s ?p ?o }} }}")
    assert folder.edition_path(edition).is_dir(), "what may be the only copy stays"


def test_a_copy_without_its_marks_can_be_read(folder: Folder) -> None:
    (folder.path / "editions" / f"{folder.current()}.inuse").unlink()
    (folder.path / "lock").unlink()
    assert generations(folder) == {1: 100}
    assert folder.replace(quads(2)) == 100


# --- two processes

WRITER = f"""
import os, signal, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from graph.store import Folder

path, generation, count, end = sys.argv[1], *map(int, sys.argv[2:])
moments = 0

def moment():
    global moments
    moments += 1
    if moments == end:
        os.kill(os.getpid(), signal.SIGKILL)

def touched(event, _):
    # Whatever Python does to files: open, os.rename, os.link, shutil.rmtree and so on.
    if event == "open" or event.startswith(("os.", "shutil.")) and event != "os.kill":
        moment()

def quads():
    print("writing", flush=True)
    for number in range(count):
        if number == count // 2 and not end:
            sys.stdin.read()
        if number % (count // 4) == 0:
            moment()
        subject, graph = NamedNode(f"{E}s{{number}}"), NamedNode(f"{E}g{{number % 7}}")
        yield Quad(subject, NamedNode("{E}p"), Literal(generation), graph)

folder = Folder(path, "actorgraph build cases/a")
sys.addaudithook(touched)
folder.replace(quads())
print("done", moments, flush=True)
"""


@contextmanager
def writer(folder: Folder, generation: int, count: int, end: int = 0) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes. It kills itself at a moment, or has begun and waits half-way until its input ends.

    The moments are everything it does to files, and each quarter of its quads.
    """
    command = [PYTHON, "-c", WRITER, str(folder.path), str(generation), str(count), str(end)]
    with started(command, stdin=subprocess.PIPE) as process:
        assert process.stdout is not None
        if not end:
            assert process.stdout.readline() == "writing\n"
        yield process


def test_the_second_writer_is_told_at_once_who_writes(folder: Folder) -> None:
    with writer(folder, 2, 10) as other:
        # The other waits for its input: who waited for it would wait forever.
        with pytest.raises(StoreError) as caught:
            folder.replace(quads(3))
        told = str(caught.value)
        assert f"is being written by process {other.pid} since 2" in told
        assert "(actorgraph build cases/a). Wait until it has ended, or end it." in told
        assert generations(folder) == {1: 100}
        out, _ = other.communicate(timeout=PATIENCE)
        assert out.startswith("done ")
    assert generations(folder) == {2: 10}
    assert folder.replace(quads(3)) == 100


@pytest.mark.slow
def test_a_writer_that_is_ended_at_any_moment_leaves_the_old_or_the_new(folder: Folder) -> None:
    count, known, outcomes = 1_000, 1, []
    with writer(folder, 1, count) as process:
        said, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors
    moments = int(said.split()[-1])
    assert moments > 10
    # A writer that finds what a killed one left clears it away first, so it may have more moments.
    for end in range(1, moments + 1):
        generation = end + 1
        with writer(folder, generation, count, end) as process:
            process.wait(PATIENCE)
        assert process.returncode == -signal.SIGKILL
        found = generations(folder)
        assert found in ({known: count}, {generation: count}), "the old or the new, whole"
        outcomes.append("new" if generation in found else "old")
        known = next(iter(found))
    assert outcomes[0] == "old"
    # The next who writes clears away what they left.
    folder.replace(quads(99))
    name = folder.current()
    assert entries(folder.path) == {"current", "lock", "write.lock", name, f"{name}.inuse"}
    assert generations(folder) == {99: 100}


def test_the_lock_of_a_killed_writer_holds_nobody_up(folder: Folder) -> None:
    with writer(folder, 2, 10) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert json.loads((folder.path / "lock").read_text("utf-8"))["pid"] == process.pid
    assert folder.replace(quads(3)) == 100


def test_what_killed_writers_leave_is_cleared_away(folder: Folder) -> None:
    editions = folder.path / "editions"
    for name in (".20250101T000000-00000000", "20250101T000000-00000000", "20250101T000000-00000000.tmp"):
        (editions / name).mkdir()
        (editions / name / "000009.sst").write_bytes(b"x")
    (editions / "20250101T000000-00000000.inuse").touch()
    (folder.path / ".current-20250101T000000-00000000").touch()
    folder.replace(quads(2))
    name = folder.current()
    assert entries(folder.path) == {"current", "lock", "write.lock", name, f"{name}.inuse"}


# --- whatever a literal holds

# Surrogates are no characters; U+0000 is in no RDF document.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TAGS = st.sampled_from(["en", "es", "en-gb", "zh-hant"])
TYPES = st.sampled_from(["integer", "decimal", "boolean", "date", "string", "duration", "anyURI"]).map(
    lambda name: NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")
)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, TAGS),
    st.builds(lambda text, type_: Literal(text, datatype=type_), TEXTS, TYPES),
    st.builds(Literal, st.integers(-(2**63), 2**63 - 1)),
)
NUMBERS = st.integers(0, 3)
NODES = st.one_of(NUMBERS.map(lambda n: NamedNode(f"{E}{n}")), NUMBERS.map(lambda n: BlankNode(f"b{n}")))
QUADS = st.lists(
    st.builds(
        Quad, NODES, st.just(NamedNode(f"{E}p")), st.one_of(LITERALS, NODES),
        st.one_of(st.just(DefaultGraph()), st.just(NamedNode(f"{E}g"))),
    ),
    max_size=40,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUADS)
def test_whatever_a_literal_holds_comes_back(tmp_path: Path, given_quads: list[Quad]) -> None:
    for store in (Memory(), Folder(tmp_path / "store")):
        assert store.replace(given_quads) == len(set(given_quads))
        out = io.BytesIO()
        assert store.dump(out) == len(set(given_quads))
        assert set(parse(out.getvalue(), RdfFormat.N_QUADS)) == set(given_quads)
        backup = tmp_path / "backup.nq"
        backup.write_bytes(out.getvalue())
        assert store.load([backup], replace=True) == len(set(given_quads))
        store.close()
