"""Every code block of the README and the docs runs as it stands there, or is named here with the reason why not.

Blocks of one page run in their order, in one folder that holds what the pages take for granted: the cases of the
checkout, the authors' guide's own case, and the files that commands name. The service of the examples is a real one on
a free port, and so is the server of another make at example.org.
"""

from __future__ import annotations

import gzip
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from blocks import PAGES, Block, blocks
from click.testing import CliRunner
from peers import strict
from processes import finished
from pyoxigraph import RdfFormat, parse
from serving import serving

import graph
from graph.cli import main
from graph.draw import arrange
from graph.pipeline import ActorGraph
from graph.query import sparql

ROOT = Path(__file__).resolve().parent.parent
FIRST = "cases/us-el-salvador-prison-deal"
SERVED, OTHER = "http://127.0.0.1:8000/", "https://example.org/sparql"
ALL = {page.name: blocks(page) for page in PAGES}
#: The case that the guide begins with; the examples of all pages are about it.
HARBOUR = ALL["format-1.md"][0].code

#: The lines that queries of the cookbook share, and the comment that stands for them there.
SHARED = next(block.code for block in ALL["sparql.md"] if block.code.startswith("  # Who says it"))

#: (page, language, how the code begins) → why it is not run here.
ELSEWHERE: Mapping[tuple[str, str, str], str] = {
    ("README.md", "sh", "make test"): "it is what runs this; .ci/run calls it",
    ("README.md", "sh", "make graph"): "it installs; .ci/run calls it",
    ("README.md", "sh", "python3 -m venv"): "it installs; test_package.py runs it",
    ("architecture.md", "", "cases/*.yaml"): "a drawing",
    ("authoring.md", "yaml", ""): "test_lines.py builds each",
    ("format-1.md", "yaml", ""): "test_load.py builds each",
    ("stores.md", "text", "stores/harbour/current"): "a list of files",
    ("commands.md", "text", "Usage: "): "test_cli.py compares it with the command's help",
    ("sparql.md", "text", ""): "test_query.py compares it with the query's answer",
    ("sparql.md", "sparql", "  # Who says it"): "lines of a query, in each of those below",
    ("notebook.md", "text", ""): "test_notebook.py compares it with the answer of the block before",
    ("notebook.md", "sh", "curl "): "test_notebook.py",
    ("notebook.md", "python", ""): "test_notebook.py",
    ("notebook.md", "r", ""): "test_notebook.py",
}
#: How commands begin that do not end with 0 → how they end, and why.
ENDS = {
    "build --publish": (1, "accusations in the cases at hand have no request for a reply"),
    "diff": (1, "the two differ"),
}
#: (page, how the code begins) → what its output has.
SAYS = {("README.md", "curl "): ",deniedBy", ("README.md", "import graph"): " denies that "}


def elsewhere(block: Block) -> list[tuple[str, str, str]]:
    return [
        (page, language, begins)
        for page, language, begins in ELSEWHERE
        if (page, language) == (block.page, block.language) and block.code.startswith(begins)
    ]


def test_what_is_run_elsewhere_is_still_there() -> None:
    used = {each for page in ALL.values() for block in page for each in elsewhere(block)}
    assert set(ELSEWHERE) - used == set()


# --- the place where they run


@dataclass
class Desk:
    """A folder, the addresses that stand for those of the pages, and the names that Python blocks have defined."""

    served: str
    other: str
    store: Any
    names: dict[str, Any] = field(default_factory=dict)

    def here(self, code: str) -> str:
        return code.replace(SERVED, self.served).replace(OTHER, self.other)


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with serving(FIRST) as service:
        yield service.url


@pytest.fixture(scope="module", autouse=True)
def arranged_once() -> Iterator[None]:
    """Most pages build all cases together, whose cast takes longer to arrange than all else: once for the same cast."""
    kept: dict[str, Any] = {}
    arranged = arrange.arrange

    def once(*given: Any, **how: Any) -> Any:
        key = repr((given, how))
        if key not in kept:
            kept[key] = arranged(*given, **how)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrange, "arrange", once)
        yield


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pages take for granted, to be copied for each."""
    folder = tmp_path_factory.mktemp("newsroom")
    shutil.copytree(ROOT / "cases", folder / "cases")
    (folder / "ontology").symlink_to(ROOT / "ontology")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        _run("build")
        _harbour()
    return folder


@pytest.fixture
def desk(newsroom: Path, served: str, edition: ActorGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
         request: pytest.FixtureRequest) -> Iterator[Desk]:  # fmt: skip
    page = request.getfixturevalue("page")
    shutil.copytree(newsroom, tmp_path, dirs_exist_ok=True, symlinks=True)
    monkeypatch.chdir(tmp_path)
    if page == "README.md":  # which makes a case of this name itself
        shutil.rmtree("cases/harbour")
    with strict.running() as other:
        other.store.extend(edition.quads)
        yield Desk(served, f"{other.url}/query", edition.store)


def _harbour() -> None:
    Path("cases/harbour").mkdir()
    Path("cases/harbour/case.yaml").write_text(HARBOUR, "utf-8")
    Path("data.ttl").write_text("<urn:a> <urn:knows> <urn:b> .\n", "utf-8")
    for name in ("data.trig", "list.nt", "budget.nq"):
        Path(name).write_text("<urn:a> <urn:knows> <urn:b> .\n", "utf-8")
    Path("more.ttl.gz").write_bytes(gzip.compress(b"<urn:a> <urn:knows> <urn:c> .\n"))
    Path("saved.json").write_text(json.dumps({"format": 1, "all": {}, "opening": {}}), "utf-8")
    for old in ("old.html", "out/old.html"):
        shutil.copy("out/graph.html", old)
    Path("cases/budget").mkdir()
    shutil.copy(ROOT / "tests/cases/proposition.yaml", "cases/budget/case.yaml")
    _run("build", "cases/harbour", "--store", "stores/harbour")


def _run(*words: str) -> str:
    done = CliRunner().invoke(main, words, prog_name="actorgraph")
    ends = next((code for begins, (code, _) in ENDS.items() if " ".join(words).startswith(begins)), 0)
    assert done.exit_code == ends, f"actorgraph {' '.join(words)}\n{done.output}"
    return done.output


# --- each language


def run_sh(block: Block, desk: Desk) -> None:
    code = desk.here(block.code)
    if code.startswith("curl "):
        done = finished(["bash", "-euo", "pipefail", "-c", code])
        assert done.returncode == 0 and done.stdout, f"{block}: {done.stderr}"
        print(done.stdout)
        return
    for line in code.splitlines():
        words = shlex.split(line, comments=True)
        match words:
            case ["make", "serve"] | [("actorgraph" | ".venv/bin/actorgraph"), "serve", *_]:
                with serving(*_without_port(words[2:]), cwd=Path.cwd()) as service:
                    assert service.client.get(service.url).status_code == 200, f"{block}: {line}"
            case [("actorgraph" | ".venv/bin/actorgraph"), *options]:
                # What writes a file or a store need not say anything.
                assert _run(*_expanded(options)) or {"--out", "load"} & {*options}, f"{block}: {line}"
            case _:
                raise AssertionError(f"{block}: {line}: this test does not know how to run it")


def _without_port(words: list[str]) -> list[str]:
    """A port of the system's choice instead of one that may be taken."""
    at = words.index("--port") if "--port" in words else len(words)
    return words[:at] + words[at + 2 :]


def _expanded(words: list[str]) -> list[str]:
    return [found for word in words for found in (sorted(map(str, Path().glob(word))) if "*" in word else [word])]


def run_python(block: Block, desk: Desk) -> None:
    exec(compile(desk.here(block.code), str(block), "exec"), desk.names)


def run_sparql(block: Block, desk: Desk) -> None:
    code = re.sub(r"^  # … who says it.*\n", lambda _: SHARED, block.code, flags=re.MULTILINE)
    assert sparql.run(desk.store, code).variables, str(block)


def run_yaml(block: Block, desk: Desk) -> None:
    Path("piece").mkdir(exist_ok=True)
    Path("piece/case.yaml").write_text(_whole(block.code), "utf-8")
    case = graph.load("piece")
    assert list(map(str, case.check())) == [], str(block)
    assert case.trig


def _whole(code: str) -> str:
    """The sections of a passage, in a document of the guide's case."""
    head = "document: {id: extra, publisher: port-times, published: 2024-05-03, language: en}\npassages:\n"
    passage = "  - at: p1\n    by: dockers-union\n    summary: A passage.\n"
    return f"{HARBOUR}---\nformat: 1\n{head}{passage}{re.sub('^', '    ', code, flags=re.MULTILINE)}"


def run_rdf(form: RdfFormat) -> Callable[[Block, Desk], None]:
    def run(block: Block, _: Desk) -> None:
        assert list(parse(block.code, format=form)), str(block)

    return run


RUN: Mapping[str, Callable[[Block, Desk], None]] = {
    "sh": run_sh,
    "python": run_python,
    "sparql": run_sparql,
    "yaml": run_yaml,
    "turtle": run_rdf(RdfFormat.TURTLE),
    "trig": run_rdf(RdfFormat.TRIG),
    "json": lambda block, _: json.loads(block.code),
}


@pytest.mark.slow
@pytest.mark.parametrize("page", [name for name, found in ALL.items() if not all(map(elsewhere, found))])
def test_each_block_runs(page: str, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for block in ALL[page]:
        if not elsewhere(block):
            assert block.language in RUN, f"{block}: name its language after the fence: {', '.join(RUN)}"
            RUN[block.language](block, desk)
            said = capsys.readouterr().out
            assert said or block.language != "python" or "print(" not in block.code, str(block)
            for (named, begins), words in SAYS.items():
                if named == page and block.code.startswith(begins):
                    assert words in said, str(block)
