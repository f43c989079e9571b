"""Exports: nothing is lost that is not said to be lost, and nothing reads as a fact."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple
from rdflib import Dataset

import graph
from graph.base.terms import PREFIXES, expand
from graph.case.starter import create
from graph.dataset import prefixes_used
from graph.export import jsonld
from graph.export.network import gexf
from graph.export.rdf import rdf
from graph.export.table import table
from graph.network.projection import project
from graph.network.records import propositions_in
from graph.pipeline import CaseGraph

REIFIES = NamedNode(expand("rdf:reifies"))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> CaseGraph:
    return graph.load(create("harbour", tmp_path_factory.mktemp("cases")))


@pytest.fixture(scope="module")
def network(edition: CaseGraph) -> Any:
    return project(edition.store)


def written(edition: CaseGraph, form: str, suffix: str = "") -> bytes:
    return rdf(edition.quads, form, prefixes_used(edition.case), suffix)


def quads(data: bytes, form: RdfFormat) -> set[Quad]:
    store = Store()
    store.load(data, format=form)
    return set(store)


# --- RDF


@pytest.mark.parametrize(
    ("form", "read"), [("trig", RdfFormat.TRIG), ("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)]
)
def test_everything_comes_back(form: str, read: RdfFormat, edition: CaseGraph) -> None:
    assert quads(written(edition, form), read) == set(edition.quads)


@pytest.mark.parametrize("form", ["trig", "nquads", "turtle", "jsonld", "rdf12"])
def test_the_order_of_the_quads_changes_nothing(form: str, edition: CaseGraph) -> None:
    again = rdf([*edition.quads][::-1], form, prefixes_used(edition.case))
    assert again == written(edition, form)


def test_rdflib_reads_the_json_ld_the_same(edition: CaseGraph) -> None:
    def terms(data: bytes, form: str) -> set[tuple[str, ...]]:
        dataset = Dataset()
        dataset.parse(data=data, format=form)
        return {(str(s), str(p), o.n3(), str(g)) for s, p, o, g in dataset.quads()}

    assert terms(written(edition, "jsonld"), "json-ld") == terms(edition.trig, "trig")


def test_json_ld_uses_our_context(edition: CaseGraph) -> None:
    data = json.loads(written(edition, "jsonld"))
    assert data["@context"]["ag"] == PREFIXES["ag"]
    claims = [n for entry in data["@graph"] for n in entry.get("@graph", []) if "ag:Claim" in str(n.get("@type"))]
    assert len(claims) == 14


def test_json_ld_without_the_shipped_context(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, edition: CaseGraph
) -> None:
    monkeypatch.setattr(jsonld, "ontology", lambda: tmp_path)
    assert quads(written(edition, "jsonld"), RdfFormat.JSON_LD) == set(edition.quads)
    # A context that scopes its words: none of them is used outside its scope.
    scoped = {
        "claims": {"@id": "ag:claims", "@type": "@id"},
        "Claim": {"@id": "ag:Claim", "@context": {"claims": None}},
    }
    (tmp_path / "context.jsonld").write_text(json.dumps({"@context": {**PREFIXES, **scoped}}))
    assert b'"claims":' not in written(edition, "jsonld").partition(b'"@graph"')[2]


def test_turtle_is_the_union_and_says_what_is_lost(edition: CaseGraph) -> None:
    data = written(edition, "turtle")
    assert data.startswith(b"# Named graphs are left out: a statement's document stays in ag:document.")
    assert set(pyoxigraph.parse(data, format=RdfFormat.TURTLE)) == {
        Quad(q.subject, q.predicate, q.object) for q in edition.quads
    }


@pytest.mark.parametrize(("suffix", "read"), [(".nq", RdfFormat.N_QUADS), (".trig", RdfFormat.TRIG)])
def test_propositions_reify_and_claims_never_do(suffix: str, read: RdfFormat, edition: CaseGraph) -> None:
    found = quads(written(edition, "rdf12", suffix), read)
    reified = {q.subject.value: q.object for q in found if q.predicate == REIFIES}
    assert set(reified) == set(edition.case.propositions)
    assert not set(reified) & {claim.iri for claim in edition.case.claims}
    assert {q for q in found if q.predicate != REIFIES} == set(edition.quads)
    # A triple term is quoted, not stated: no relation of the case stands by itself.
    stated = {q.triple for q in found}
    assert all(isinstance(term, Triple) and term not in stated for term in reified.values())


# --- the table


def read(edition: CaseGraph, language: str = "en") -> list[dict[str, str]]:
    text = table(edition.store, "2024-05-02", language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_for_each_statement_and_each_says_what_it_is(edition: CaseGraph) -> None:
    rows = read(edition)
    assert len(rows) == len(edition.case.claims)
    assert {row["note"] for row in rows} == {"A line is a statement by somebody, not a finding. 2024-05-02"}
    assert next(iter(rows[0])) == "note"


def test_a_row_has_what_a_spreadsheet_needs(edition: CaseGraph) -> None:
    (row,) = (row for row in read(edition) if row["statementId"].endswith("/breach"))
    assert {
        name: row[name] for name in ("line", "stance", "hedge", "who", "via", "deniedBy", "document", "published")
    } == {
        "line": "disputed",
        "stance": "alleged",
        "hedge": "in effect",
        "who": "Dockers' Union",
        "via": "Wire Agency",
        "deniedBy": "Port's spokeswoman",
        "document": "Harbour Gazette, 2 May 2024",
        "published": "2024-05-02",
    }
    (sum_,) = (row for row in read(edition) if row["currency"])
    assert (sum_["number"], sum_["currency"], sum_["hedge"]) == ("2000000", "EUR", "about")


def test_the_table_in_spanish(edition: CaseGraph) -> None:
    rows = read(edition, "es")
    assert rows[0]["note"] == "Una línea es una declaración de alguien, no un hecho comprobado. 2024-05-02"
    assert "Dockers' Union" in {row["who"] for row in rows}


@pytest.mark.parametrize("word", ["=HYPERLINK(1)", "+1", "-x", "@sum", "\tx"])
def test_no_cell_runs_in_a_spreadsheet(word: str, edition: CaseGraph) -> None:
    store = Store()
    store.extend(edition.quads)
    claim = NamedNode(edition.case.claims[0].iri)
    store.add(Quad(claim, NamedNode(expand("ag:reserve")), Literal(word), NamedNode(edition.case.claims[0].document)))
    text = table(store, "").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    risky = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [cell for cell in risky if not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)] == []
    assert word in cells or f"'{word}" in cells


# --- the network


def test_gexf_keeps_every_node_edge_and_claim(edition: CaseGraph, network: Any) -> None:
    text = gexf(network, "2024-05-02")
    read = nx.read_gexf(io.BytesIO(text.encode()), version="1.2draft")
    assert (len(read), read.number_of_edges()) == (len(network), network.number_of_edges())
    kept = [json.loads(data["claims"]) for *_, data in read.edges(data=True) if data.get("claims")]
    kept += [fact["claims"] for _, data in read.nodes(data=True) for fact in json.loads(data.get("facts", "[]"))]
    ids = {claim["id"] if isinstance(claim, dict) else claim for claims in kept for claim in claims}
    assert ids == {claim.iri for claim in edition.case.claims}
    assert 'lastmodifieddate="2024-05-02"' in text
    assert gexf(network, "2024-05-02") == text


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_edge_is_labelled_with_a_bare_verb(language: str, edition: CaseGraph, network: Any) -> None:
    text = gexf(network, "", language)
    labels = set(re.findall(r'<edge [^>]*label="([^"]*)"', text))
    bare = {phrases[language].accepted for phrases in (r.phrases for r in edition.case.vocabulary.relations.values())}
    headings = {p["title"][language] for p in propositions_in(network)}
    speaking = {"en": "speaks about", "es": "habla de"}[language]
    assert not labels & bare
    assert {label.replace("&quot;", '"').replace("&amp;", "&") for label in labels} <= headings | {speaking}


def test_control_characters_do_not_break_the_file(network: Any) -> None:
    hostile = network.copy()
    node = min(hostile)
    hostile.nodes[node]["label"] = {"en": 'a\x00b\x1f<c> & "d"'}
    read = nx.read_gexf(io.BytesIO(gexf(hostile, "").encode()), version="1.2draft")
    assert read.nodes[node]["label"] == 'a b <c> & "d"'
