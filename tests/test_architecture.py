"""The page for newcomers is true: every package on its floor, every path that it names is there, every file listed.

`ACTORGRAPH_WRITE=1 pytest tests/test_architecture.py` writes the list of files anew.
"""

from __future__ import annotations

import ast
import os
import re
import tomllib
from itertools import groupby
from pathlib import Path

TOP = "graph|ontology|tests|docs|bench"


def page(root: Path) -> str:
    return (root / "docs/architecture.md").read_text("utf-8")


def test_the_packages_stand_on_the_page_as_the_contract_has_them(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "packages")
    floors = [sorted(re.findall(r"\w+", layer)) for layer in layers if layer != "(__main__)"]
    rows = re.findall(r"^\| ((?:`\w+`(?: · )?)+) \| ", page(root), re.MULTILINE)
    assert [sorted(re.findall(r"\w+", row)) for row in rows] == floors


def test_every_path_that_it_names_is_there(root: Path) -> None:
    """A name alone, such as `proxy.py`, or the end of a path is a file beside the one that the row names before it."""
    named: list[Path] = []
    for line in page(root).partition("\n## Every file\n")[0].splitlines():
        beside = root
        for path in re.findall(rf"`([\w./-]+\.(?:py|js|yaml|ttl|md)|(?:{TOP})/[\w./-]*)`", line):
            whole = root / path
            if not re.match(f"(?:{TOP})/", path):
                whole = next((up / path for up in (beside, beside.parent) if (up / path).exists()), beside / path)
            named.append(whole)
            beside = whole.parent
    assert len(named) > 80
    assert [path for path in named if not path.exists()] == []


def told(path: Path) -> str:
    """What a file says of itself: the first sentence of its docstring, or of the comment that it begins with."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        begun = (ast.get_docstring(ast.parse(text)) or "").partition("\n\n")[0]
    else:
        begun = re.sub(r"^// ?", "", (re.match(r"(?://.*\n)*", text) or [""])[0], flags=re.MULTILINE)
    return re.split(r"(?<=[.?!])\s", " ".join(begun.split()), maxsplit=1)[0]


def every_file(root: Path) -> str:
    files = [path for path in (root / "graph").rglob("*") if path.suffix in (".py", ".js")]
    packages = groupby(sorted(files, key=lambda path: (path.parent, path)), key=lambda path: path.parent)
    parts = []
    for folder, held in packages:
        lines = [f"- `{path.name}`: {told(path)}" for path in held]
        parts.append(f"\n### {folder.relative_to(root).as_posix()}\n\n" + "\n".join(lines) + "\n")
    return "".join(parts)


def test_every_file_is_listed_with_what_it_says_of_itself(root: Path) -> None:
    text = page(root)
    head, title, _ = text.partition("\n## Every file\n")
    expected = head + title + every_file(root)
    if os.environ.get("ACTORGRAPH_WRITE"):
        (root / "docs/architecture.md").write_text(expected, "utf-8")
    elif text != expected:
        raise AssertionError("run ACTORGRAPH_WRITE=1 pytest tests/test_architecture.py")
    assert not re.search(r"^- `[^`]*`: ?$", expected, re.MULTILINE)
