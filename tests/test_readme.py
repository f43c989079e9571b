"""The commands of the README and of the guide to publishing run as they stand there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from serving import serving

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^    \.venv/bin/actorgraph (.+)$", README, re.MULTILINE)
PYTHON = re.findall(r"^```python\n(.+?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def place(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the cases, in which the main job was run."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(root / "cases", folder / "cases")
    subprocess.run([sys.executable, str(root / "build_graph.py")], cwd=folder, check=True, capture_output=True)
    return folder


def test_the_readme_opens_with_a_picture_and_two_commands() -> None:
    assert README.startswith("![")
    picture = re.match(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert picture and (Path(__file__).resolve().parent.parent / picture[1]).is_file()
    assert re.findall(r"^    (make \w+)$", README, re.MULTILINE) == ["make graph", "make test"]


def test_the_commands_run_in_their_order(place: Path) -> None:
    assert len(COMMANDS) >= 7
    for command in COMMANDS:
        if command == "serve":
            continue  # it runs until it is stopped: the next test
        done = subprocess.run(
            [sys.executable, "-m", "graph", *shlex.split(command)],
            cwd=place,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip(), command


def test_what_is_served_is_asked_as_the_readme_does(root: Path) -> None:
    asked = re.findall(r"^    (curl .+)$", README, re.MULTILINE)
    assert asked
    with serving() as served:
        for command in asked:
            line = shlex.split(command.replace("http://127.0.0.1:8000/", served.url))
            done = subprocess.run(line, cwd=root, check=True, capture_output=True, text=True)
            assert "deniedBy" in done.stdout.splitlines()[0]
            assert len(done.stdout.splitlines()) > 1


def test_the_python_runs(place: Path) -> None:
    assert PYTHON
    for block in PYTHON:
        done = subprocess.run([sys.executable, "-c", block], cwd=place, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "is said to" in done.stdout or "are said to" in done.stdout


def test_every_link_of_the_docs_leads_somewhere(root: Path) -> None:
    for page in (root / "README.md", *sorted((root / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
