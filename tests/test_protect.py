"""Confidential sources: their traces are searched for, byte by byte, in everything that is made."""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import graph
from graph.base.terms import ID
from graph.case.model import Case, Missing, Proposition
from graph.export.network import graphml, node_link
from graph.network import projection as network
from graph.network.fold import fold
from graph.network.measures import measure
from graph.network.records import claims_in
from graph.pipeline import CaseGraph
from graph.redaction.redact import redact
from graph.standing import Dockets, settle

CASES = Path(__file__).resolve().parent / "cases"
NAMES = ("confidential-document", "confidential-speaker")
reading = importlib.import_module("graph.case.reader")

#: What must not be found, in small letters: names, aliases, ids, hashes, offsets, places, paths, words.
TRACES = {
    "confidential-document": [
        "zirkular", "quarzit", "inner-circular", "7781", "minutes", "0f1e2d3c", "81234", "81299", "page 41",
        "2032", "texts/", ".txt", "q8801", "q8802", "q8803", "q8804", "whole of", "jotted", "present were",
    ],
    "confidential-speaker": [
        "xenia", "quibell", "marsh", "gaviota", "zurcidora", "771177", "771199", "p317", "z9901", "z9902", "z9903",
        "z9904", "z9905", "quibell-flat", "quibell-interview", "xenia_quibell",
    ],
}  # fmt: skip


@cache
def secret(name: str) -> Case:
    """The case as the author wrote it, which never leaves the house."""
    return reading.load(CASES / f"{name}.yaml")


@cache
def edition(name: str) -> CaseGraph:
    return graph.load(CASES / f"{name}.yaml")


def outputs(name: str, internal: bool) -> dict[str, str]:
    e = graph.load(CASES / f"{name}.yaml", internal=internal)
    net = network.project(e.store)
    return {
        "TriG": e.trig.decode(),
        "node-link": node_link(net),
        "GraphML": graphml(net),
        "fold": node_link(fold(net, e.case.vocabulary.folds)),
        "measures": json.dumps(measure(net)),
        "dataset": e.dataset.serialize(format="nquads"),
    }


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_no_trace_in_any_output(name: str, internal: bool) -> None:
    for where, text in outputs(name, internal).items():
        # What is minted by chance holds any four digits now and then.
        told = re.sub(r"(?<![0-9a-f])[0-9a-f]{20,}(?![0-9a-f])", "…", text.lower())
        for trace in TRACES[name]:
            at = told.find(trace)
            assert at < 0, (where, trace, told[max(0, at - 80) : at + 80])


def test_the_traces_are_there_without_protection() -> None:
    """The search would find them: the same outputs, made of the unprotected case."""
    unseen = {"texts/", ".txt", "present were"}  # in the case, but never written of any document
    for name in NAMES:
        source = (CASES / f"{name}.yaml").read_text().lower()
        text = CaseGraph(secret(name), internal=True).trig.decode().lower()
        assert [trace for trace in TRACES[name] if trace not in source] == []
        assert [trace for trace in TRACES[name] if trace not in text and trace not in unseen] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_follows_from_the_author(name: str) -> None:
    """No IRI of the confidential records, hashed or not, and none that hashing the author's case would give."""
    case, text = secret(name), edition(name).trig.decode()
    hidden = {actor.iri for actor in case.actors.values() if actor.confidential}
    hidden |= {document.iri for document in case.documents.values() if document.confidential}
    for iri in hidden:
        assert iri.removeprefix(ID) not in text
    for iri, proposition in case.propositions.items():
        ends = {proposition.subject, proposition.third}
        if ends & hidden or isinstance(proposition.third, Missing):
            assert iri.removeprefix(ID) not in text, proposition


@pytest.mark.parametrize("name", NAMES)
def test_iris_differ_between_two_builds(name: str) -> None:
    first, second = (graph.load(CASES / f"{name}.yaml") for _ in range(2))

    def withheld(e: CaseGraph) -> set[str]:
        return {q.subject.value for q in e.quads if q.subject.value.startswith(ID + "withheld/")}

    assert withheld(first)
    assert not withheld(first) & withheld(second)
    # Whatever is not concerned keeps its IRI.
    same = {q.subject.value for q in first.quads} & {q.subject.value for q in second.quads}
    assert f"{ID}{name}/corvena" in same
    assert len(withheld(first)) == len(withheld(second))


def tally(case: Case, dockets: Dockets) -> Counter[tuple[object, ...]]:
    """How the propositions stand, without their names."""
    found: Counter[tuple[object, ...]] = Counter()
    for iri, docket in dockets.by_proposition.items():
        found[
            case.propositions[iri].relation,
            docket.line,
            docket.mirrors,
            docket.disputed,
            docket.denied_in_part,
            docket.sensitive,
            len(docket.claims),
            len(docket.affirmed_by),
            len(docket.opposed_by),
            len(docket.origins),
            docket.standings and docket.standings[0].level,
            len(docket.rivals),
        ] += 1
    return found


@pytest.mark.parametrize("name", NAMES)
def test_counts_and_disputes_do_not_change(name: str) -> None:
    before, after = secret(name), edition(name).case
    assert len(before.claims) == len(after.claims)
    assert len(before.propositions) == len(after.propositions)
    assert len(before.documents) == len(after.documents)
    assert Counter(c.stance for c in before.claims) == Counter(c.stance for c in after.claims)
    assert tally(before, settle(before)) == tally(after, edition(name).dockets)
    assert sum(len(c.counters) for c in before.claims) == sum(len(c.counters) for c in after.claims) > 0


@pytest.mark.parametrize("name", NAMES)
def test_the_network_keeps_every_claim(name: str) -> None:
    e = edition(name)
    assert sorted(claim["id"] for claim in claims_in(network.project(e.store))) == sorted(
        claim.iri for claim in e.case.claims
    )


def test_a_document_that_is_withheld_says_only_that() -> None:
    e = edition("confidential-document")
    (document,) = (d for d in e.case.documents.values() if d.confidential)
    assert (document.title, document.url, document.archived, document.sha256, document.text) == ("", "", "", "", "")
    assert (document.published, document.accessed, document.authors) == (None, None, ())
    passages = [c.passage for c in e.case.claims if c.document == document.iri]
    assert {(p.at, p.start, p.end, p.words, p.cue) for p in passages} == {("withheld", None, None, "", "")}
    # Whoever denies it is still shown, and in a public place.
    denial = next(c for c in e.case.claims if c.sid == "s01")
    assert denial.passage.at == "p2"
    assert e.dockets.by_proposition[denial.proposition].disputed
    # The dataset is not dated by it.
    assert e.case.version == "2031-05-02"


def test_words_of_others_are_kept_without_the_name() -> None:
    e = edition("confidential-speaker")
    denial = next(c for c in e.case.claims if c.sid == "s01")
    # A public sentence that names them: neither its words nor its place may lead there.
    assert (denial.passage.words, denial.passage.at, denial.passage.start) == ("", "withheld", None)
    assert denial.summary["en"] == "Corvena denies what [name withheld] says."
    # A thing called after the person keeps its kind, under another name and id.
    flats = [actor for actor in e.case.actors.values() if actor.kind == "asset"]
    assert [actor.name["es"] for actor in flats] == ["el piso de [nombre reservado]"]


def test_what_is_not_confidential_is_left_alone() -> None:
    case = reading.load(CASES / "political-scandal.yaml")
    assert redact(case) is None


def test_somebody_can_be_withheld_on_request() -> None:
    case = reading.load(CASES / "political-scandal.yaml")
    first, second = redact(case, ["owen-pryce"]), redact(case, ["owen-pryce"])
    assert first is not None and second is not None
    text = CaseGraph(first.case, internal=True).trig.decode().lower()
    assert "pryce" not in text
    assert "owen" not in text
    assert "mara dunne" in text
    assert first.case.actors.keys() != second.case.actors.keys(), "the same name gets another IRI each time"
    assert tally(case, settle(case)) == tally(second.case, settle(second.case))


def test_a_hash_is_not_guessed_back() -> None:
    """Hashing every likely name gives no IRI of the dataset."""
    e = edition("confidential-speaker")
    shown = set(e.case.propositions)
    person = f"{ID}confidential-speaker/xenia-quibell"
    for relation in e.case.vocabulary.relations:
        for other in e.case.actors:
            assert Proposition(person, relation, other).iri not in shown
            assert Proposition(other, relation, person).iri not in shown
