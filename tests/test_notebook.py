"""The notebook's blocks run as they stand there, against a live service, and answer as it says.

`ACTORGRAPH_WRITE=1 pytest tests/test_notebook.py` writes the answers anew.
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
from serving import Served, serving

PAGE = Path(__file__).resolve().parent.parent / "docs" / "notebook.md"
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
    done = subprocess.run(
        [*RUN[language], str(program)],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [part.strip("\n") for part in done.stdout.split(f"{MARK}\n")[:-1]]


@pytest.mark.parametrize("language", ["sh", "python", "r"])
def test_each_block_answers_as_the_notebook_says(language: str, service: Served, tmp_path: Path) -> None:
    if language == "r" and not shutil.which("Rscript"):
        pytest.skip("no R here: the blocks in R did not run")
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
