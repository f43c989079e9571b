"""The first case answers every question that a reader of the article would put to it, in Oxigraph and in rdflib alike.

`questions/*.rq` are the questions, `questions/answers.yaml` the answers. The first 74 come from a reading of the text
by somebody who had not seen the case; the others ask for what is left, until no claim is there that none would miss.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import NamedNode, Quad, Store
from rdflib import Dataset

import graph
from graph.base.terms import PREFIXES
from graph.pipeline import CaseGraph

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "questions"
CASE = HERE.parent / "cases" / "us-el-salvador-prison-deal"
QUESTIONS = {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.rq"))}
ANSWERS: dict[str, list[list[str]]] = yaml.load(
    (FOLDER / "answers.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
COLUMNS = ("answer", "says", "for", "via", "stance", "modality", "hedge", "at")
SELECT = "SELECT DISTINCT ?answer"
CLAIMS, MENTIONS = NamedNode(PREFIXES["ag"] + "claims"), NamedNode(PREFIXES["ag"] + "mentions")

Row = tuple[str, ...]


@cache
def edition() -> CaseGraph:
    return graph.load(CASE)


@cache
def parsed() -> Dataset:
    """What a stranger has: the published file, read by rdflib alone."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=edition().trig, format="trig")
    return dataset


def in_oxigraph(store: Store, question: str) -> list[Row]:
    solutions: Any = store.query(question, use_default_graph_as_union=True)
    return [tuple(row[column].value for column in COLUMNS) for row in solutions]


def in_rdflib(question: str) -> list[Row]:
    return [tuple(str(row[column]) for column in COLUMNS) for row in parsed().query(question)]


def expected(name: str) -> list[Row]:
    return sorted(tuple(row) for row in ANSWERS[name])


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_right_in_oxigraph(name: str) -> None:
    assert in_oxigraph(edition().store, QUESTIONS[name]) == expected(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_right_in_rdflib(name: str) -> None:
    assert in_rdflib(QUESTIONS[name]) == expected(name)


def test_every_question_has_answers_and_every_answer_a_question() -> None:
    assert set(ANSWERS) == set(QUESTIONS)
    assert len(QUESTIONS) >= 60
    for name, question in QUESTIONS.items():
        assert question.startswith("# question: "), name
        assert all(len(row) == len(COLUMNS) for row in ANSWERS[name]), name


def test_no_question_knows_where_the_answer_stands() -> None:
    """Found by names, relations and types: no statement id, no IRI of a claim, a proposition or a node of the case."""
    for name, question in QUESTIONS.items():
        assert PREFIXES["id"] not in question, name
        assert "dcterms:identifier" not in question, name


@cache
def askers() -> dict[str, list[str]]:
    """For each claim, the questions that have a row of it, those with the fewest claims first."""
    found: dict[str, set[str]] = {}
    for name, question in QUESTIONS.items():
        if "?claim" in question:
            assert SELECT in question, f"{name} does not begin with {SELECT}"
            solutions: Any = edition().store.query(
                question.replace(SELECT, "SELECT DISTINCT ?claim ?answer"), use_default_graph_as_union=True
            )
            found[name] = {row["claim"].value for row in solutions}
    by_claim = defaultdict(list)
    for name in sorted(found, key=lambda name: len(found[name])):
        for claim in found[name]:
            by_claim[claim].append(name)
    return by_claim


def quads_of(store: Store, claim: NamedNode) -> Iterator[Quad]:
    yield from store.quads_for_pattern(claim, None, None, None)
    yield from store.quads_for_pattern(None, None, claim, None)


def test_no_claim_can_be_taken_out_unnoticed() -> None:
    """Each claim in turn is taken out of a copy of the store, with every link to it: then some question must fail."""
    store = Store()
    store.bulk_extend(edition().quads)
    claims = {q.subject for relation in (CLAIMS, MENTIONS) for q in store.quads_for_pattern(None, relation, None, None)}
    assert {claim.value for claim in claims} == {claim.iri for claim in edition().case.claims}
    whole = {name: in_oxigraph(store, question) for name, question in QUESTIONS.items()}
    missed = []
    for claim in sorted(claims, key=lambda claim: claim.value):
        taken = list(quads_of(store, claim))
        for quad in taken:
            store.remove(quad)
        if all(in_oxigraph(store, QUESTIONS[name]) == whole[name] for name in askers()[claim.value]):
            missed.append(claim.value.rpartition("/")[2])
        store.extend(taken)
    assert missed == [], "no question would miss these: write one"


@pytest.mark.slow
def test_a_case_built_without_a_claim_fails_the_same_question() -> None:
    """Taking quads out of a store is the quick way; for a sample, the case is built anew without the claim."""
    case = edition().case
    for claim in case.claims[::25]:
        rest = [other for other in case.claims if other.iri != claim.iri]
        without = CaseGraph(replace(case, claims=rest))
        assert any(
            in_oxigraph(without.store, QUESTIONS[name]) != in_oxigraph(edition().store, QUESTIONS[name])
            for name in askers()[claim.iri]
        ), claim.iri
