"""Outputs are whole or not there, several together, as the user's umask has them, and nothing is left behind."""

from __future__ import annotations

import os
import secrets
import signal
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from processes import ACTORGRAPH, PATIENCE, PYTHON, eventually, started

from graph.base.errors import OutputError
from graph.base.files import _host, write_by, write_whole, written_together
from graph.cli import main
from graph.store import Folder

pytestmark = pytest.mark.usefixtures("hasty")

CASE = Path(__file__).resolve().parent / "cases" / "accepted.yaml"


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o027])
def test_a_new_file_is_as_the_umask_has_it(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "a", "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~mask


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a").touch(0o600)
    write_whole(tmp_path / "a", "new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_several_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", "utf-8")
    (tmp_path / "b").mkdir()
    with (
        pytest.raises(OutputError, match="b: is a directory; give a file path"),
        written_together({tmp_path / "a": "new", tmp_path / "b": "new"}),
    ):
        raise AssertionError("the block is not begun")
    with pytest.raises(ZeroDivisionError), written_together({tmp_path / "a": "new", tmp_path / "c": "new"}):
        print(1 / 0)
    assert (tmp_path / "a").read_text("utf-8") == "old"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b"]
    with written_together({tmp_path / "a": "new", tmp_path / "c": "new"}):
        assert (tmp_path / "a").read_text("utf-8") == "old"
    assert (tmp_path / "a").read_text("utf-8") == (tmp_path / "c").read_text("utf-8") == "new"


def test_a_build_that_cannot_write_its_page_changes_neither_store_nor_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Folder("kept").replace([])
    before = Folder("kept").current()
    (tmp_path / "out" / "graph.html").mkdir(parents=True)
    done = CliRunner().invoke(main, ["build", str(CASE), "--out", "out", "--store", "kept"])
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1].startswith("out/graph.html: is a directory; give a file path")
    assert Folder("kept").current() == before
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == ["graph.html"]


@pytest.mark.parametrize(("target", "said"), [("nowhere", "leads to nothing"), ("link", "leads to itself")])
def test_a_link_that_leads_to_no_file_is_not_followed(tmp_path: Path, target: str, said: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / target)
    with pytest.raises(OutputError, match=f"link: is a link that {said}"):
        write_whole(tmp_path / "link", "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["link"]


def test_a_link_in_the_place_of_a_temporary_file_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write into the folder guesses its name: nothing is written, and nobody else's file is changed."""
    (tmp_path / "victim").write_text("theirs", "utf-8")
    monkeypatch.setattr(secrets, "token_hex", lambda _: "00000000")
    (tmp_path / f".graph.html.{_host()}-{os.getpid()}-00000000.part").symlink_to(tmp_path / "victim")
    with pytest.raises(OutputError, match=r"graph\.html: cannot be written \(File exists\)\."):
        write_whole(tmp_path / "graph.html", "new")
    assert (tmp_path / "victim").read_text("utf-8") == "theirs"
    assert not (tmp_path / "graph.html").exists()


def test_permissions_are_given_to_the_file_that_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not to what somebody has put in its place since."""
    (tmp_path / "victim").touch(0o600)
    (tmp_path / "a").touch(0o644)
    mode = stat.S_IMODE

    def swapped(of: int) -> int:
        for entry in tmp_path.glob(".a.*.part"):
            entry.unlink()
            entry.symlink_to(tmp_path / "victim")
        return mode(of)

    monkeypatch.setattr(stat, "S_IMODE", swapped)
    write_whole(tmp_path / "a", "new")
    monkeypatch.undo()
    assert stat.S_IMODE((tmp_path / "victim").stat().st_mode) == 0o600


def test_a_second_run_leaves_alone_what_the_first_is_writing(tmp_path: Path) -> None:
    write_by(tmp_path / "a", lambda file: (file.write(b"first"), write_whole(tmp_path / "a", "second")))
    assert (tmp_path / "a").read_text("utf-8") == "first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_what_a_killed_command_leaves_goes_with_the_next(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom graph.base.files import write_by\n"
        "write_by(Path(sys.argv[1]), lambda file: (file.write(b'half'), print('begun', flush=True), time.sleep(600)))\n"
    )
    with started([PYTHON, "-c", script, str(tmp_path / "graph.html")]) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        left = [entry.name for entry in tmp_path.iterdir()]
        assert len(left) == 1
        # While it runs, what it writes is its own.
        write_whole(tmp_path / "graph.html", "whole")
        assert sorted(entry.name for entry in tmp_path.iterdir()) == [*left, "graph.html"]
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=PATIENCE)
    write_by(tmp_path / "graph.html", lambda file: file.write(b"whole"))
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.html"]


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_nothing_that_the_next_does_not_clear(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started([*ACTORGRAPH, "build", str(CASE), "--out", str(out)]) as process:
        eventually(lambda: process.poll() is not None or (out.is_dir() and any(out.glob(".*.part"))))
        process.kill()
        process.wait(timeout=PATIENCE)
    done = CliRunner().invoke(main, ["build", str(CASE), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert sorted(entry.name for entry in out.iterdir()) == ["dataset.trig", "dataset.ttl", "graph.html", "graph.svg"]
