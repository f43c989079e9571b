"""Everybody of every case is withheld in turn: every output is unpacked and searched for every name.

The search is this test's own: plain words without accents, in what `unpacked` makes of an output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from page_cases.pages import in_a_corner
from test_redact import bare, unpacked

import graph
from graph.base.errors import ActorgraphError
from graph.base.resources import ontology
from graph.case import reader
from graph.case.model import Case
from graph.pipeline import CaseGraph

ROOT = Path(__file__).resolve().parent.parent
FIRST = ROOT / "cases" / "us-el-salvador-prison-deal"
#: N-Quads, Turtle and RDF 1.2 say what TriG says, in the same texts and IRIs.
FORMATS = ("trig", "jsonld", "graphml", "node-link", "gexf", "csv")


def sound(path: Path) -> bool:
    try:
        graph.load(path)
    except ActorgraphError:
        return False
    return True


@cache
def cases() -> tuple[Path, ...]:
    return tuple(path for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")) if sound(path))


@cache
def ours() -> frozenset[str]:
    """The words of the vocabulary, which name nobody."""
    text = (ontology() / "vocabulary.yaml").read_text("utf-8") + (ROOT / "graph/words/en.yaml").read_text("utf-8")
    return frozenset(re.findall(r"[a-z0-9]+", bare(text)))


def names(case: Case, iri: str) -> set[str]:
    """What may not be met: names, aliases, ids, titles and addresses, in plain words; none that is a common word.

    "A strike" is a common word and the name of nobody, "a relative who wrote" may tell who it is.
    """
    actor, document = case.actors.get(iri), case.documents.get(iri)
    given = [*actor.name.values(), *actor.aliases, actor.slug.replace("-", " ")] if actor else []
    given += [document.url, document.archived, document.id, document.sha256] if document else []
    if document and len(document.title.split()) > 2:
        given.append(document.title)
    given = [name for name in given if not re.fullmatch(r"(?:an?|una?|unos|unas) \w+", bare(name))]
    plain = {
        re.sub(r"^(?:the|el|la|los|las|a|an) ", "", " ".join(re.findall(r"[^\W_]+", bare(name)))) for name in given
    }
    return {name for name in plain if len(name) > 3 and not set(name.split()) <= ours()}


def outputs(made: CaseGraph, old: Path, *, drawn: bool) -> Iterator[tuple[str, str]]:
    """Every export; `drawn`: the page as well, with what changed since the whole case."""
    for form in FORMATS:
        yield form, made.exported(form, "", "es").decode()
    if not drawn:
        return
    # A layout takes its time, and where things stand tells nobody's name.
    vars(made)["_placed"] = in_a_corner(made.projection, made.about)
    page = made.page("es", str(old))
    yield "page", page.partition('id="data">')[2].partition("</script>")[0] + page[: page.find("<style")]


def met(text: str, wanted: set[str]) -> list[str]:
    """Those names of which all words stand beside each other."""
    pattern = re.compile("|".join(r"(?<![a-z0-9])" + r"[\W_]+".join(name.split()) + r"(?![a-z0-9])" for name in wanted))
    return [found[0] for one in unpacked(text) for found in pattern.finditer(one)]


def attack(path: Path, case: Case, iri: str) -> list[str]:
    """Where somebody or something is met that was withheld. A page is made for one in five: it takes its time."""
    wanted = names(case, iri)
    who = case.actors[iri].slug if iri in case.actors else case.documents[iri].id
    try:
        made = graph.load(path, withhold=[who])
        assert isinstance(made, CaseGraph)
        found = [
            f"{who} in {name}: {hit}"
            for name, text in outputs(made, path, drawn=len(iri) % 5 == 0)
            for hit in met(text, wanted)[:1]
        ]
    except ActorgraphError:
        return []  # refused: nothing comes out at all
    return found if wanted else []


@pytest.mark.slow
def test_one_of_the_first_case_does_not_come_out_when_withheld() -> None:
    """The others are tried by `make test-all`."""
    case = reader.load(FIRST)
    iri = list(case.actors)[7]
    assert names(case, iri)
    assert attack(FIRST, case, iri) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_nobody_of_a_case_comes_out_when_withheld(path: Path) -> None:
    case = reader.load(path)
    found = [hit for iri in (*case.actors, *case.documents) for hit in attack(path, case, iri)]
    assert found == []


@pytest.mark.slow
def test_nobody_of_the_first_case_comes_out_when_withheld() -> None:
    """One in four of a large case."""
    case = reader.load(FIRST)
    found = [hit for iri in [*case.actors, *case.documents][::4] for hit in attack(FIRST, case, iri)]
    assert found == []


def test_the_search_finds_what_is_not_withheld() -> None:
    path = cases()[0]
    case = reader.load(path)
    whole = graph.load(path)
    assert isinstance(whole, CaseGraph)
    for iri in case.actors:
        if wanted := names(case, iri):
            assert met(whole.exported("trig", "", "en").decode(), wanted)
