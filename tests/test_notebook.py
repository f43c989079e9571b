"""The notebooks' blocks run as they stand there, and answer as they say: one against a live service, one without any.

`ACTORGRAPH_WRITE=1 pytest tests/test_notebook.py` writes the answers anew.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import finished
from serving import Served, serving

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "notebook.md"
CASE = "cases/us-el-salvador-prison-deal"
#: A block of code, and the answer below it, when it has one.
BLOCK = re.compile(r"^```(sh|python|r)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000/"
#: What stands between the answers of blocks that run in one go.
MARK = "=== next block ==="
PRINTS = {"sh": f"echo '{MARK}'", "python": f"print({MARK!r})", "r": f"cat('{MARK}\\n')"}
RUN = {"sh": ["bash", "-euo", "pipefail"], "python": [sys.executable, "-W", "error"], "r": ["Rscript", "--vanilla"]}


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(CASE) as served:
        yield served


def answers(language: str, service: Served, folder: Path) -> list[str]:
    """What each block of a language prints; all of them run as one program."""
    blocks = [code for name, code, _ in BLOCK.findall(PAGE.read_text("utf-8")) if name == language]
    program = folder / f"blocks.{language}"
    text = "".join(f"{code}\n{PRINTS[language]}\n" for code in blocks)
    program.write_text(text.replace(ADDRESS, service.url), "utf-8")
    done = finished([*RUN[language], str(program)], cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stdout + done.stderr
    return [part.strip("\n") for part in done.stdout.split(f"{MARK}\n")[:-1]]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["sh", "python", pytest.param("r", marks=pytest.mark.r)])
def test_each_block_answers_as_the_notebook_says(language: str, service: Served, tmp_path: Path) -> None:
    found = iter(answers(language, service, tmp_path))
    written = PAGE.read_text("utf-8")

    def answered(block: re.Match[str]) -> str:
        if block[1] != language:
            return block[0]
        answer = next(found)
        code = f"```{block[1]}\n{block[2]}```\n"
        return f"{code}\n```text\n{answer}\n```\n" if answer else code

    expected = BLOCK.sub(answered, written)
    if os.environ.get("ACTORGRAPH_WRITE"):
        PAGE.write_text(expected, "utf-8")
    assert PAGE.read_text("utf-8") == expected


def test_every_language_is_there() -> None:
    assert {name for name, _, _ in BLOCK.findall(PAGE.read_text("utf-8"))} == {"sh", "python", "r"}


# The notebook of Jupyter runs in IPython, which pyvis brings along, in a process that has no network.

NOTEBOOK = ROOT / "docs" / "python.ipynb"
RUN_CELLS = """
import json, sys, warnings
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

warnings.simplefilter("error")
shell = InteractiveShell.instance()


def refuse(event, _):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError("the notebook asked a network")


sys.addaudithook(refuse)
given = json.load(open(sys.argv[1], encoding="utf-8"))
told = []
for cell in given:
    with capture_output() as out:
        done = shell.run_cell(cell)
    done.raise_error()
    formats = shell.display_formatter.format(done.result, include={"text/plain"})[0]
    shown = [] if done.result is None else [formats["text/plain"]]
    told.append([out.stdout[: out.stdout.index("Out[")] if "Out[" in out.stdout else out.stdout, *shown])
page = shell.display_formatter.format(shell.user_ns["case"])[0]
told.append(sorted(page))
json.dump(told, open(sys.argv[2], "w", encoding="utf-8"))
"""


@pytest.mark.slow
def test_the_notebook_of_jupyter_runs_and_answers_as_it_says(tmp_path: Path) -> None:
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    given, told = tmp_path / "cells.json", tmp_path / "told.json"
    given.write_text(json.dumps(["".join(cell["source"]) for cell in cells]), "utf-8")
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython"), "LC_ALL": "C.UTF-8"}
    done = finished([sys.executable, "-c", RUN_CELLS, str(given), str(told)], cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    *answers, page = json.loads(told.read_text("utf-8"))
    assert page == ["text/html", "text/plain"], "the case shows itself as its page"
    expected = [outputs(number, *answer) for number, answer in enumerate(answers, 1)]
    if os.environ.get("ACTORGRAPH_WRITE"):
        for number, (cell, found) in enumerate(zip(cells, expected, strict=True), 1):
            cell |= {"execution_count": number, "outputs": found}
        NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert [cell["outputs"] for cell in cells] == expected
    assert (tmp_path / "out" / "star.html").is_file()


#: What the three lines of Python are for, and what takes their results as they are.
FACE = """load graph dataset query to_pandas to_csv statements network write_gexf write_graphml to_pandas_edgelist
from_nx DataFrame pagerank cast pyvis draw figures check paths""".split()


def test_the_notebook_of_jupyter_uses_every_part_of_the_face() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert [name for name in FACE if not re.search(rf"\.{name}\b", code)] == []


def outputs(number: int, printed: str, shown: str | None = None) -> list[dict[str, object]]:
    """What a cell printed and what it gave, as a notebook keeps it."""
    found: list[dict[str, object]] = []
    if printed:
        found.append({"name": "stdout", "output_type": "stream", "text": printed.splitlines(keepends=True)})
    if shown is not None:
        data = {"text/plain": shown.splitlines(keepends=True)}
        found.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return found
