"""The page for newcomers is true: every package on its floor, every path that it names is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path


def page(root: Path) -> str:
    return (root / "docs/architecture.md").read_text("utf-8")


def test_the_packages_stand_on_the_page_as_the_contract_has_them(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "packages")
    floors = [sorted(re.findall(r"\w+", layer)) for layer in layers if layer != "(__main__)"]
    rows = re.findall(r"^\| ((?:`\w+`(?: · )?)+) \| ", page(root), re.MULTILINE)
    assert [sorted(re.findall(r"\w+", row)) for row in rows] == floors


def test_every_path_that_it_names_is_there(root: Path) -> None:
    named = re.findall(r"`((?:graph|ontology|tests|docs|bench)/[^`]*)`", page(root))
    assert len(named) > 20
    assert [path for path in named if not (root / path).exists()] == []
