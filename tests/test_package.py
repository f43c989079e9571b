"""What is shipped works where it is installed: the wheel, in an environment of its own, from another folder."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from blocks import blocks
from processes import finished

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(root)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the wheel; its dependencies are those of this environment."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)}))
    # A path in a .pth file brings the libraries, but not the editable install: .pth files there are not read.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-qq",
            "--no-deps",
            "--ignore-installed",
            "--prefix",
            str(place),
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    return place / "bin" / "python"


def test_wheel_carries_vocabulary_queries_and_page(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"graph/_ontology/vocabulary.yaml", "graph/_ontology/shapes.ttl", "graph/draw/page/index.html"} <= names
    assert any(name.startswith("graph/_ontology/queries/") for name in names)
    assert not any(name.startswith(("tests/", "cases/", "ontology/")) for name in names)


def test_wheel_builds_a_new_case_from_another_folder(installed: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        done = subprocess.run(
            [str(installed), "-I", "-m", "graph", *arguments],
            check=False,
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new", "harbour")
    run("build", "harbour")
    assert (tmp_path / "out" / "dataset.trig").stat().st_size > 1000
    assert "<!doctype html>" in (tmp_path / "out" / "graph.html").read_text("utf-8")
    where = subprocess.run(
        [str(installed), "-I", "-c", "import graph; print(graph.__file__)"], capture_output=True, text=True, check=True
    )
    assert str(installed.parent.parent) in where.stdout


def test_the_readme_without_make_installs_and_builds(root: Path, tmp_path: Path) -> None:
    """In a copy of the checkout as git has it, with nothing but Python and pip."""
    (block,) = (block for block in blocks(root / "README.md") if block.code.startswith("python3 -m venv"))
    files = finished(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root)
    for name in filter(None, files.stdout.split("\0")):
        if (root / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, tmp_path / name)
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    code = block.code.replace("python3 ", f"{shlex.quote(sys.executable)} ", 1)
    done = finished(["bash", "-euo", "pipefail", "-c", code], cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out" / "graph.html").is_file() and (tmp_path / "out" / "dataset.trig").is_file()
