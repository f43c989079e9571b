"""Everybody of every case is withheld in turn: every output is unpacked and searched for every name.

The search is this test's own: plain words without accents, in whatever an output is when its escapes are undone. What
several outputs have in common is made once: a line is unpacked once, the older edition is read once.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from test_redact import bare

import graph
from graph.base.errors import ActorgraphError
from graph.base.garbage import paused
from graph.base.resources import ontology
from graph.case import reader
from graph.case.model import Case
from graph.draw.positions import Places
from graph.pipeline import CaseGraph, snapshot
from graph.redaction.redact import redact

ROOT = Path(__file__).resolve().parent.parent
FIRST = ROOT / "cases" / "us-el-salvador-prison-deal"
#: All other RDF says what TriG says (`test_export`), and GraphML what node-link JSON says (`test_network`).
FORMATS = ("trig", "node-link", "gexf", "csv")


def sound(path: Path) -> bool:
    try:
        graph.load(path)
    except ActorgraphError:
        return False
    return True


@cache
def cases() -> tuple[Path, ...]:
    return tuple(path for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")) if sound(path))


def spaced(text: str) -> str:
    """Words without accents and what stands between them: a name stands in it between two spaces."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', bare(text)))} "


@cache
def ours() -> str:
    """The words of the vocabulary and of every sentence, which name nobody."""
    files = [ontology() / "vocabulary.yaml", *sorted((ROOT / "graph" / "words").glob("*.yaml"))]
    return spaced("\n".join(path.read_text("utf-8") for path in files))


def names(case: Case, iri: str) -> set[str]:
    """What may not be met: names, aliases, ids, titles and addresses, in plain words.

    None that stands in our own words: "the sale" is nobody's name there. "A broker" is met with its article only: who
    is called so by a case is one broker of many, and others may be called brokers.
    """
    actor, document = case.actors.get(iri), case.documents.get(iri)
    given = [*actor.name.values(), *actor.aliases, actor.slug] if actor else []
    given += [document.url, document.archived, document.id, document.sha256] if document else []
    if document and len(document.title.split()) > 2:
        given.append(document.title)
    plain = {spaced(name).strip() for name in given}
    general = {name.split()[1] for name in plain if re.fullmatch(r"(?:an?|una?|unos|unas) \w+", name)}
    definite = {re.sub(r"^(?:the|el|la|los|las) ", "", name) for name in plain} - general
    return {name for name in definite if len(name) > 1 and f" {name} " not in ours()}


#: The whole case as the edition before, read once.
older = cache(snapshot)


_TAG = re.compile(r"<[^>]*>")


def outputs(made: CaseGraph, old: Path) -> Iterator[tuple[str, str]]:
    """Every export, the page with what changed since the whole case, and the still picture."""
    for form in FORMATS:
        yield form, made.exported(form, "", "es").decode()
    # A layout takes its time, and where things stand tells nobody's name.
    grid = {node: (400.0 * (at % 30), 200.0 * (at // 30)) for at, node in enumerate(made.projection)}
    vars(made)["_placed"] = replace(made.about, places=Places(grid, grid, grid))
    page = made.page("es", str(old))
    picture = made.svg("es")
    # A name may be broken over two lines, each an element of its own.
    yield "picture", f"{picture}\n{_TAG.sub(' ', picture)}"
    yield "page", page.partition('id="data">')[2].partition("</script>")[0] + page[: page.find("<style")]


#: Pieces of a line that may be something else in base 64.
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")


@lru_cache(maxsize=400_000)
def readings(line: str) -> str:
    """A line in words, with its escapes undone, one after another, and what else it may be."""
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), line) if "\\" in line else line
    plain = html.unescape(plain) if "&" in plain else plain
    plain = unquote(plain) if "%" in plain else plain
    forms = dict.fromkeys((plain, plain.replace("\\", "")))
    for blob in _BLOB.findall(line):
        for alphabet in (b"+/", b"-_"):
            try:
                forms[base64.b64decode(blob + "=" * (-len(blob) % 4), alphabet).decode("utf-8", "ignore")] = None
            except ValueError:
                continue
    # As it is first and last, for a name may go from one line to the next.
    return "".join(map(spaced, [*forms, plain] if len(forms) > 1 else forms))


def met(text: str, wanted: Iterable[str]) -> list[str]:
    """Those names of which all words stand beside each other, in one line or from one to the next."""
    # A long line, as of a page, is read in pieces: a comma is in no escape.
    whole = "".join(map(readings, text.replace(",", ",\n").split("\n"))).replace("  ", " ")
    return [name for name in wanted if f" {name} " in whole]


@paused()
def attack(path: Path, case: Case, iri: str) -> list[str]:
    """Where somebody or something is met that was withheld."""
    wanted = names(case, iri)
    who = case.actors[iri].slug if iri in case.actors else case.documents[iri].id
    try:
        redaction = redact(case, [who])
        assert redaction is not None
        made = CaseGraph(redaction.case, False, redaction, (path,))
        return [f"{who} in {name}: {hit}" for name, text in outputs(made, path) for hit in met(text, wanted)]
    except ActorgraphError:
        return []  # refused: nothing comes out at all


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch, hasty: None) -> None:
    """The edition before is the same for everybody; where things stand in a drawing tells nobody's name."""
    monkeypatch.setattr("graph.pipeline.snapshots.snapshot", older)
    monkeypatch.setattr("graph.draw.arrange._Search._stage", lambda *_, **__: None)
    monkeypatch.setattr("graph.draw.sheet._ROUNDS", 0)
    monkeypatch.setattr("graph.draw.payload.clear_curves", lambda *_: {})


#: In how many parts the first case is tried, so that they are tried beside each other.
PARTS = 8


@pytest.mark.slow
@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_nobody_of_a_case_comes_out_when_withheld(path: Path) -> None:
    case = reader.load(path)
    found = [hit for iri in (*case.actors, *case.documents) for hit in attack(path, case, iri)]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_of_the_first_case_comes_out_when_withheld(part: int) -> None:
    case = reader.load(FIRST)
    found = [hit for iri in [*case.actors, *case.documents][part::PARTS] for hit in attack(FIRST, case, iri)]
    assert found == []


def test_the_search_finds_what_is_not_withheld() -> None:
    path = cases()[0]
    case = reader.load(path)
    whole = graph.load(path)
    assert isinstance(whole, CaseGraph)
    searched = whole.exported("trig", "", "en").decode()
    for iri in case.actors:
        if wanted := names(case, iri):
            assert met(searched, wanted)
    for hidden in (
        "J%C3%BCrgen%20Meyer",
        "J\\u00fcrgen Meyer",
        "J\\\\u00fcrgen Meyer",
        "J&uuml;rgen, MEYER",
        "Jürgen\nMeyer",
    ):
        assert met(f"so says {hidden}.", ["jurgen meyer"]), hidden
    assert met(base64.b64encode(b"so says Juergen Meyer of it").decode(), ["juergen meyer"])
    assert not met("Jürgen said that Meyer", ["jurgen meyer"])
