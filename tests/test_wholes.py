"""What is denied of a group of people is told of each part of it, and makes no dispute."""

from __future__ import annotations

import pytest

import graph
from graph.pipeline import CaseGraph
from graph.standing import Docket

CASE = """format: 1
id: quay
title: {en: Quay, es: Muelle}
actors:
  ana: {name: Ana Ruiz, kind: person}
  bo: {name: Bo Lund, kind: person}
  eva: {name: Eva Lind, kind: person}
  stoker: {name: {en: a stoker, es: un fogonero}, kind: person}
  an-li: {name: An Li, kind: person}
  crew: {name: {en: the crew, es: la tripulación}, kind: people}
  sailors: {name: {en: the sailors, es: los marineros}, kind: people}
  norvik: {name: Norvik, kind: company}
  gang: {name: Quay Nine, kind: organisation}
  gazette: {name: Harbour Gazette, kind: media}
---
format: 1
document: {id: d1, title: Quay Nine, published: 2031-05-02, publisher: gazette}
passages:
  - at: p1
    asserts:
      t1: [ana, part-of, crew]
      t2: [crew, part-of, sailors]
      t3: [bo, part-of, norvik]
      t4: {fact: [eva, part-of, crew, planned]}
      t5: [an-li, close-to, stoker]
    alleges:
      one: [ana, member-of, gang]
      two: [bo, member-of, gang]
      three: [eva, member-of, gang]
      all: [sailors, member-of, gang]
      firm: [norvik, member-of, gang]
      some: {fact: [crew, member-of, gang], from: 2020, until: 2021}
      past: {fact: [ana, member-of, gang], from: 2019, until: 2019}
  - at: p2
    by: eva
    contests:
      no: all
      never: firm
    denies:
      not-then: some
"""


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> CaseGraph:
    file = tmp_path_factory.mktemp("quay") / "quay.yaml"
    file.write_text(CASE, "utf-8")
    return graph.load(file)


def docket(case: CaseGraph, sid: str) -> Docket:
    [claim] = [claim for claim in case.case.claims if claim.sid == sid]
    return case.dockets.by_proposition[claim.proposition]


def told(case: CaseGraph, sid: str) -> set[str]:
    names = {claim.iri: claim.sid for claim in case.case.claims}
    return {names[iri] for iri in docket(case, sid).whole_opposed_by}


def test_what_is_denied_of_a_group_is_told_of_its_parts_and_of_nobody_else(quay: CaseGraph) -> None:
    assert told(quay, "one") == {"no"}, "through the crew, a part of the sailors"
    assert told(quay, "some") == {"no"}, "whoever denies it of the whole denies it for a period"
    assert told(quay, "past") == {"no"}, "what is denied for another period is not"
    assert told(quay, "two") == set(), "a company's members are not the company"
    assert told(quay, "three") == set(), "who is only to join is no part"
    assert told(quay, "all") == set(), "what is denied of it itself is its dispute"


def test_it_is_an_answer_and_no_dispute(quay: CaseGraph) -> None:
    one = docket(quay, "one")
    assert (one.line, one.disputed, one.opposed_by) == ("soft", False, ())
    asked = {row.about: row.statement for row in quay.query("unanswered", only="accusations")}
    assert "Ana Ruiz" not in asked and "Bo Lund" in asked
    rows = [row for row in quay.query("said-of", actor="Ana Ruiz") if row.stance == "alleged"]
    assert {row.deniedBy for row in rows} == {"Eva Lind (of the sailors)"}


def test_its_sentences_say_of_whom(quay: CaseGraph) -> None:
    asked = "SELECT ?t { ?p ag:wholeOpposedBy ?c ; rdfs:label|ag:summary ?t }"
    titles = " | ".join(str(row.t) for row in quay.query(asked))
    assert "member of Quay Nine; Eva Lind disputes this in the case of the sailors" in titles
    assert "Eva Lind lo cuestiona en el caso de los marineros" in titles


def test_who_is_only_described_has_a_class_of_their_own(quay: CaseGraph) -> None:
    asked = "SELECT ?n { ?x a ag:UnnamedPerson , foaf:Person ; rdfs:label ?n FILTER(LANG(?n) = 'en') }"
    assert [str(row.n) for row in quay.query(asked)] == ["Stoker"]
