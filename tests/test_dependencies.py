"""What is imported is declared, with a lower bound, and what is declared is pinned, with all that it needs itself."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = {
    name: [Requirement(line) for line in lines] for name, lines in PROJECT["project"]["optional-dependencies"].items()
}
RUNS_ON = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
TESTED_BY = EXTRAS["dev"]
#: What a method or two need, and say so when it is not there.
WELCOME = [each for name, extra in EXTRAS.items() if name != "dev" for each in extra]
#: What `pip install --no-build-isolation --editable .` needs, beside what builds a wheel.
BUILT_BY = [*map(Requirement, PROJECT["build-system"]["requires"]), Requirement("editables")]


def imported(folder: Path) -> set[str]:
    """The distributions whose modules are imported anywhere under a folder, not counting Python's and our own."""
    names = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(str(node.module).partition(".")[0])
    # A package imports its own modules by dots; tests import each other, and the bench, by name.
    ours = {"graph"}
    if not (folder / "__init__.py").exists():
        ours |= {path.stem for place in (folder, ROOT / "bench") for path in place.iterdir()}
    known = packages_distributions()
    foreign = names - sys.stdlib_module_names - ours
    return {canonicalize_name(dist) for name in foreign for dist in known.get(name, [name])}


def names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(each.name) for each in requirements}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_its_hashes(file: str) -> None:
    text = (ROOT / file).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "-r "))]
    assert lines and [line for line in lines if " --hash=sha256:" not in line] == [], "run `make pins`"


def pins(file: str) -> dict[str, Requirement]:
    """The pins of a file and of those that it names."""
    found = {}
    text = (ROOT / file).read_text("utf-8").replace("\\\n", " ")
    for line in (line.partition("#")[0].strip() for line in text.splitlines()):
        if line.startswith("-r "):
            found |= pins(line.removeprefix("-r "))
        elif line:
            pin = Requirement(re.sub(r"\s+--hash=\S+", "", line))
            found[canonicalize_name(pin.name)] = pin
    return found


def needed(requirements: list[Requirement]) -> dict[str, list[Requirement]]:
    """Every distribution that these need here, directly or not → by which requirements."""
    found: dict[str, list[Requirement]] = {}
    pending = [(each, "") for each in requirements]
    done = set()
    while pending:
        each, extra = pending.pop()
        if (str(each), extra) in done or (each.marker and not each.marker.evaluate({"extra": extra})):
            continue
        done.add((str(each), extra))
        found.setdefault(canonicalize_name(each.name), []).append(each)
        inner = [Requirement(line) for line in distribution(each.name).requires or ()]
        pending += [(one, asked) for one in inner for asked in (each.extras or {""})]
    return found


def test_what_the_library_imports_is_what_it_declares() -> None:
    assert imported(ROOT / "graph") == names(RUNS_ON + WELCOME)
    assert [str(each) for each in RUNS_ON + WELCOME if not str(each.specifier).startswith(">=")] == []


def test_what_the_tests_import_is_declared() -> None:
    assert imported(ROOT / "tests") - names(RUNS_ON + TESTED_BY) == set()


@pytest.mark.parametrize(
    ("file", "requirements"),
    [("requirements.txt", RUNS_ON + BUILT_BY), ("requirements-dev.txt", RUNS_ON + BUILT_BY + TESTED_BY)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_all_that_is_needed_is_pinned(file: str, requirements: list[Requirement]) -> None:
    pinned = pins(file)
    for name, asked in needed(requirements).items():
        assert name in pinned, f"{file}: {name} is not pinned"
        (pin,) = pinned[name].specifier
        assert pin.operator == "==" and all(each.specifier.contains(pin.version) for each in asked), str(pinned[name])
