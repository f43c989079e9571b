"""What hangs on one source, and what one speaker says beside another."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import networkx as nx
import pytest

import graph
from graph.base.errors import QueryError
from graph.network import sources, speakers
from graph.network.projection import project
from graph.network.records import claims_in, propositions_in

ROOT = Path(__file__).resolve().parent.parent
CASE = """
format: 1
title: {en: Sources, es: Fuentes}
actors:
  post: {name: Valley Post, kind: media}
  herald: {name: Herald, kind: media}
  wire: {name: Wire, kind: media}
  ana: {name: Ana Ferrer, kind: person}
  luis: {name: Luis Ortega, kind: person}
  spokeswoman: {name: Eva Lund, kind: person}
  corvena: {name: Corvena, kind: company}
  selmo: {name: Selmo, kind: company}
things:
  fee: {name: {en: the fee, es: la tarifa}, kind: payment}
---
format: 1
document: {id: d1, title: One, published: 2031-05-02, publisher: post}
passages:
  - at: p1
    by: ana
    via: [wire]
    summary: Ana speaks.
    asserts:
      owns: [corvena, owns, selmo]
      fee: [fee, occurred]
      amount: [fee, amount, 10 EUR]
      only: [luis, works-for, selmo]
      planned: [corvena, invested-in, selmo, planned]
  - at: p2
    by: spokeswoman
    for: corvena
    summary: Corvena's spokeswoman answers.
    denies:
      no: owns
    asserts:
      other: [fee, amount, 20 EUR]
      plan: [corvena, invested-in, selmo]
---
format: 1
document: {id: d2, title: Two, published: 2031-05-03, publisher: herald}
passages:
  - at: p1
    by: luis
    summary: Luis alleges it, too.
    alleges:
      again: [corvena, owns, selmo]
    asserts:
      repeated: {fact: [fee, payer, corvena], depends_on: d1/fee}
      back: {fact: [luis, heads, corvena], withdrawn: {by: Luis, on: 2031-05-09}}
    denies:
      late: d1/planned
"""


@cache
def made() -> nx.MultiDiGraph:
    folder = Path(__import__("tempfile").mkdtemp())
    (folder / "sources.yaml").write_text(CASE)
    return project(graph.load(folder / "sources.yaml").store)


def named(word: str) -> str:
    return sources.named(made(), word)


def told(iris: object) -> set[tuple[str, str]]:
    """Propositions as (relation, third or label)."""
    by = {p["proposition"]: p for p in propositions_in(made())}
    return {(by[i]["relation"], (by[i]["value"] or {}).get("label", {}).get("en", "")) for i in iris}  # type: ignore[union-attr,attr-defined]


def test_without_a_speaker() -> None:
    left = sources.without(made(), named("ana"))
    assert told(left.relationships) == {
        ("occurred", ""), ("amount", "€10"), ("works-for", ""), ("payer", ""),
    }  # fmt: skip
    assert len(left.statements) == 6  # the payer goes back to her, too
    # Luis still alleges it, but softly; Corvena's denial stands.
    assert [(told([iri]).pop()[0], line) for iri, line in left.weaker] == [("owns", "soft")]
    assert left.denials == ()
    assert [made().nodes[node]["slug"] for node in left.actors] == ["wire"]  # which passed on her words only
    assert not left.all_gone


def test_without_whoever_passed_it_on_all_that_passed_through_is_gone() -> None:
    one, other = sources.without(made(), named("wire")), sources.without(made(), named("ana"))
    assert set(one.statements) < set(other.statements) or one.statements == other.statements
    assert told(one.relationships) >= {("works-for", ""), ("amount", "€10")}


def test_without_the_denier_the_denial_disappears() -> None:
    left = sources.without(made(), named("corvena"))  # for whom the spokeswoman speaks
    assert told(left.unanswered) == {("owns", "")}
    assert [next(c for c in claims_in(made()) if c["id"] == iri)["sid"] for iri in left.denials] == ["no"]
    text = sources.text(made(), left)
    assert "1 denial would disappear, although what it denies is still affirmed:" in text
    assert "Eva Lund, speaking for Corvena, denies" in text


def test_without_a_document_and_its_only_actors() -> None:
    left = sources.without(made(), named("d1"))
    assert {made().nodes[node]["slug"] for node in left.actors} == {"wire", "spokeswoman", "post"}  # Ana is an origin
    assert sources.without(made(), named("Herald, 3 May 2031")).statements


def test_what_was_taken_back_or_only_mentioned_counts_for_nothing() -> None:
    counted = sources.without(made(), named("luis")).of
    assert counted == sum(c["stance"] != "mentioned" and not c["retraction"] for c in claims_in(made()))
    assert "heads" not in {relation for relation, _ in told(sources.without(made(), named("luis")).relationships)}


def test_a_source_that_everything_passes_through_says_so() -> None:
    net = project(graph.load(ROOT / "cases" / "us-el-salvador-prison-deal").store)
    left = sources.without(net, sources.named(net, "bne IntelliNews"))
    assert left.all_gone
    assert "so nothing would be left" in sources.text(net, left)
    with pytest.raises(QueryError, match="No statement passes through"):
        sources.without(net, sources.named(net, "chile"))


def test_every_source_is_listed_with_what_passes_through_it() -> None:
    for source, count in sources.sources(made()).items():
        assert len(sources.without(made(), source).statements) == count


def test_the_remainder_is_what_remains(tmp_path: Path) -> None:
    """Taking Luis out by hand leaves the relationships that the lens says are left."""
    block = CASE.split("---\n")[2]
    without = CASE.replace("---\n" + block, "")
    (tmp_path / "sources.yaml").write_text(without)
    net = project(graph.load(tmp_path / "sources.yaml").store)
    kept = {p["proposition"] for p in propositions_in(net) if p["affirmed_by"]}
    before = {p["proposition"] for p in propositions_in(made()) if p["affirmed_by"]}
    assert before - kept == set(sources.without(made(), named("d2")).relationships)


def test_according_to_one_speaker() -> None:
    view = speakers.according_to(made(), named("corvena"))
    assert told(view.affirms) == {("amount", "€20"), ("invested-in", "")}
    assert told(view.opposes) == {("owns", "")}
    assert view.open == {}


def test_two_speakers_side_by_side() -> None:
    net = made()
    ana, corvena, luis = named("ana"), named("corvena"), named("luis")
    compared = speakers.compare(net, ana, corvena)
    assert told(compared.contradict) == {("owns", "")}
    assert told(compared.both) == {("invested-in", "")}
    assert told(compared.only_a) == {("occurred", ""), ("amount", "€10"), ("works-for", "")}
    assert [told(pair) for pair in compared.rivals] == [{("amount", "€10"), ("amount", "€20")}]
    turned = speakers.compare(net, corvena, ana)
    assert (turned.only_a, turned.only_b, turned.contradict) == (
        compared.only_b, compared.only_a, compared.contradict,
    )  # fmt: skip
    # Luis denies the plan; Corvena says it is done: no contradiction between these two.
    assert speakers.compare(net, corvena, luis).contradict != ()
    assert told(speakers.compare(net, luis, corvena).contradict) == {("owns", "")}


def test_text_in_spanish() -> None:
    text = sources.text(made(), sources.without(made(), named("ana")), "es")
    assert text.startswith("Sin Ana Ferrer desaparecerían 6 de ")
    assert "se quedarían sin fuente:" in text


def test_two_speakers_as_text() -> None:
    net = made()
    text = speakers.text(net, speakers.compare(net, named("ana"), named("corvena")))
    assert text.startswith("Ana Ferrer and Corvena side by side\nThis is what they say, not what is established.\n")
    heads = [line for line in text.splitlines() if line and not line.startswith(" ")][2:]
    assert heads == [
        "They contradict each other", "They give values that do not agree", "Both say", "Only Ana Ferrer says",
        "Only Corvena says",
    ]  # fmt: skip
    one, other = named("wire"), named("luis")
    assert "No hablan de las mismas cosas." in speakers.text(net, speakers.compare(net, one, other), "es")


def test_both_are_methods_for_who_works_in_python(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(CASE)
    case = graph.load(tmp_path / "sources.yaml")
    assert case.without("d1", "es").startswith("Sin ")
    assert case.compare("Ana Ferrer", "luis") == case.compare("ana", "Luis Ortega")
    with pytest.raises(QueryError, match="nobody"):
        case.compare("nobody", "luis")
