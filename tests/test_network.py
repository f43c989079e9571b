"""The network: nothing dropped, nothing weighed that accuses, and the same again from a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from page_cases.pages import unplaced
from pyoxigraph import RdfFormat, Store
from sampled import sampled

import graph
from graph.base.ids import short
from graph.base.terms import ID
from graph.draw.opening import choose
from graph.export.network import graphml, node_link
from graph.network import projection as network
from graph.network.fold import fold
from graph.network.measures import WEIGHTY, measure, skeleton, weighty
from graph.network.records import claims_in, propositions_in
from graph.network.speakers import according_to
from graph.pipeline import CaseGraph
from graph.store import dumped

CASES = Path(__file__).resolve().parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))


@cache
def edition(name: str) -> CaseGraph:
    return graph.load(CASES / f"{name}.yaml", internal=True)


@cache
def net(name: str) -> nx.MultiDiGraph:
    return network.project(edition(name).store)


def relationships(found: nx.MultiDiGraph) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [edge for edge in found.edges(keys=True, data=True) if edge[3]["type"] == "relationship"]


def case_node(name: str, slug: str) -> str:
    return f"{ID}{name}/{slug}"


def by_sid(name: str, sid: str) -> str:
    """The proposition of a statement."""
    (found,) = {claim.proposition for claim in edition(name).case.claims if claim.sid == sid}
    return found


def same(one: nx.MultiDiGraph, other: nx.MultiDiGraph, read: Callable[[Any], Any] = lambda value: value) -> None:
    """`other` has the nodes and edges of `one`; `read` makes of a value of `one` what a format makes of it."""

    def made(attributes: dict[str, Any]) -> dict[str, Any]:
        return {name: read(value) for name, value in attributes.items() if value is not None or read is not flat}

    assert {node: made(data) for node, data in one.nodes(data=True)} == dict(other.nodes(data=True))
    edges = {edge[:3]: made(edge[3]) for edge in one.edges(keys=True, data=True)}
    assert edges == {edge[:3]: edge[3] for edge in other.edges(keys=True, data=True)}
    graph_ = made(one.graph)
    assert all(other.graph[name] == graph_[name] for name in ("documents", "kinds", "listed"))


def flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def from_node_link(text: str) -> nx.MultiDiGraph:
    return nx.node_link_graph(json.loads(text), directed=True, multigraph=True, edges="edges")


@pytest.mark.parametrize("name", sampled(NAMES))
def test_graphml_and_node_link_bring_it_back(name: str) -> None:
    same(net(name), from_node_link(node_link(net(name))))
    same(net(name), nx.parse_graphml(graphml(net(name)), force_multigraph=True), flat)


@pytest.mark.parametrize("name", ["accepted", "political-scandal"])
def test_files_are_the_same_again(name: str) -> None:
    again = network.project(graph.load(CASES / f"{name}.yaml", internal=True).store)
    assert node_link(again) == node_link(net(name))
    assert graphml(again) == graphml(net(name))


@pytest.mark.parametrize("name", sampled(NAMES))
def test_every_proposition_is_an_edge_or_on_a_node(name: str) -> None:
    found = [record["proposition"] for record in propositions_in(net(name))]
    assert sorted(found) == sorted(edition(name).case.propositions)
    for source, target, key, attributes in relationships(net(name)):
        assert (source, target, key) == (attributes["subject"], attributes["third"], attributes["proposition"])


@pytest.mark.parametrize("name", sampled(NAMES))
def test_every_claim_is_there_once_with_all_that_it_says(name: str) -> None:
    records = {claim["id"]: claim for claim in claims_in(net(name))}
    claims = {claim.iri: claim for claim in edition(name).case.claims}
    assert len(list(claims_in(net(name)))) == len(records) == len(claims)
    for iri, claim in claims.items():
        record = records[iri]
        assert record["stance"] == claim.stance
        assert record["modality"] == edition(name).dockets.modality[iri]
        assert (record["speaker"] or None) == claim.originator
        assert record["via"] == list(claim.relays)
        assert (record["document"], record["at"]) == (claim.document, claim.passage.at)
        assert record["hedges"] == sorted(claim.hedges) + ([claim.quantifier] if claim.quantifier else [])
        assert record["counters"] == list(claim.counters)
        assert record["confirms"] == list(claim.confirms)
        assert set(record["sentence"]) == {"en", "es"}
        assert record["origin"] == edition(name).dockets.origin[iri]


def test_parallel_edges_are_kept() -> None:
    found = net("about-relationships")
    corvena, selmo = (case_node("about-relationships", slug) for slug in ("corvena", "selmo"))
    keys = {key for key, edge in found[corvena][selmo].items() if edge["type"] == "relationship"}
    assert keys == {by_sid("about-relationships", sid) for sid in ("owns", "pays")}


@pytest.mark.parametrize("name", sampled(NAMES))
def test_whoever_speaks_is_no_island(name: str) -> None:
    found, e = net(name), edition(name)
    for claim in e.case.claims:
        if claim.originator:
            proposition = e.case.propositions[claim.proposition]
            ends = {proposition.subject, proposition.third} & set(found) - {claim.originator}
            for end in ends:
                edge = found[claim.originator][end][f"speaks:{claim.originator}>{end}"]
                assert edge["type"] == "speaks"
                assert claim.iri in edge["claims"]
    # And nobody speaks who does not.
    speakers = {claim.originator for claim in e.case.claims}
    for source, _, attributes in found.edges(data=True):
        if attributes["type"] == "speaks":
            assert source in speakers


def test_speaking_and_accusing_weigh_nothing() -> None:
    for name in ("fair-names", "sensitive", "confirmation", "proposition", "denied-alone", "declined", "mentions"):
        found = net(name)
        measures, plain = measure(found), skeleton(found)
        assert set(measures) == set(found)
        for source, target, attributes in found.edges(data=True):
            light = attributes["type"] == "speaks" or attributes["sensitive"] or attributes["line"] not in WEIGHTY
            if light:
                assert not weighty(attributes)
            pair = found.get_edge_data(source, target).values()
            back = (found.get_edge_data(target, source) or {}).values()
            if not any(weighty(edge) for edge in (*pair, *back)):
                assert not plain.has_edge(source, target)
        assert all(measure["degree"] == plain.degree(node) for node, measure in measures.items())


def test_an_accusation_moves_nobody() -> None:
    """Taking every sensitive and every disputed relationship out leaves the measures of all actors as they were."""
    found = net("contratos-de-riomar")
    before = measure(found)
    without = found.copy()
    light = [edge[:3] for edge in found.edges(keys=True, data=True) if not weighty(edge[3])]
    assert light
    without.remove_edges_from(light)
    after = measure(without)
    for node, measured in before.items():
        for name in ("degree", "betweenness", "community"):
            assert measured[name] == after[node][name]
    assert before[case_node("contratos-de-riomar", "hilario-bastan")]["degree"] == 0


def test_measures() -> None:
    measures = measure(net("identity-only"))
    corvena, selmo = (measures[case_node("identity-only", slug)] for slug in ("corvena", "selmo"))
    assert corvena["degree"] == 3  # the deal, and the two payments
    assert selmo["degree"] == 2
    assert corvena["betweenness"] > selmo["betweenness"]
    assert {measure["origins"] for node, measure in measures.items() if "payment" in node} == {1}
    assert measure(net("one-origin"))[case_node("one-origin", "selmo")]["origins"] == 1


def test_only_named_pairs_of_roles_fold() -> None:
    e, found = edition("identity-only"), net("identity-only")
    folded = fold(found, e.case.vocabulary.folds)
    kept = {node.rpartition("/")[2] for node in folded}
    assert not kept & {"deal", "first-payment", "second-payment"}
    edges = {
        (source.rpartition("/")[2], target.rpartition("/")[2], edge["event"].rpartition("/")[2]): edge
        for source, target, edge in folded.edges(data=True)
        if edge["type"] == "folded"
    }
    # Payer with payee of one payment, party with party of one deal; never all who met anywhere.
    assert set(edges) == {
        ("corvena", "selmo", "deal"),
        ("corvena", "selmo", "first-payment"),
        ("corvena", "dorva", "second-payment"),
    }
    weakest = edges["corvena", "dorva", "second-payment"]
    assert weakest["line"] == "notyet"  # the weakest standing of its parts
    assert set(weakest["parts"]) == {by_sid("identity-only", sid) for sid in ("b2", "b3")}  # and the way back
    assert weakest["label"] == {
        "en": "planned or possible: both in: Second payment",
        "es": "previsto o posible: ambos en: Segundo pago",
    }
    assert not weakest["directed"]


def test_what_does_not_fold_stays(tmp_path: Path) -> None:
    text = (CASES / "identity-only.yaml").read_text().replace("payee, dorva]", "payee, unknown]")
    period = "d2: {fact: [deal, party, selmo], when: 2031}"
    (tmp_path / "one-sided.yaml").write_text(text.replace("d2: [deal, party, selmo]", period))
    e = graph.load(tmp_path / "one-sided.yaml")
    found = network.project(e.store)
    folded = fold(found, e.case.vocabulary.folds)
    assert "second-payment" in {node.rpartition("/")[2] for node in folded}
    # A role and a period of it are parts of one folded edge.
    (deal,) = (edge for *_, edge in folded.edges(data=True) if edge.get("event", "").endswith("/deal"))
    assert len(deal["parts"]) == 3


def test_those_who_only_met_do_not_fold() -> None:
    e, found = edition("denial-of-occurrence"), net("denial-of-occurrence")
    folded = fold(found, e.case.vocabulary.folds)
    assert not [edge for *_, edge in folded.edges(data=True) if edge["type"] == "folded"]


def test_a_folded_edge_is_as_weak_as_its_weakest_part() -> None:
    e, found = edition("contratos-de-riomar"), net("contratos-de-riomar")
    folded = fold(found, e.case.vocabulary.folds)
    lines = {
        edge["event"].rpartition("/")[2]: edge["line"]
        for *_, edge in folded.edges(data=True)
        if edge["type"] == "folded"
    }
    assert lines == {"contrato": "said", "pago": "disputed"}  # the payer alleged, the payee alleged and denied


@pytest.mark.parametrize("name", sampled(NAMES))
def test_what_is_spoken_of_or_disputed_is_a_node(name: str) -> None:
    found, e = net(name), edition(name)
    about = {
        end.iri
        for proposition in e.case.propositions.values()
        for end in (proposition.subject, proposition.third)
        if not isinstance(end, str) and type(end).__name__ == "Nested"
    }
    disputed = {iri for iri, docket in e.dockets.by_proposition.items() if docket.line == "disputed"}
    statements = {node for node, attributes in found.nodes(data=True) if attributes["type"] == "statement"}
    assert statements == about | disputed
    for node in statements:
        assert set(found.nodes[node]["label"]) == {"en", "es"}


def test_values_sit_on_their_node() -> None:
    node = net("figures").nodes[case_node("figures", "fee")]
    values = {fact["relation"]: fact["value"] for fact in node["facts"]}
    assert values["amount"]["kind"] == "money"
    assert (values["amount"]["number"], values["amount"]["currency"]) == (20000.0, "USD")
    assert values["amount"]["label"]["es"] == "20.000 dólares por recluso al año"
    assert {fact["value"]["kind"] for fact in net("rivals").nodes[case_node("rivals", "sale")]["facts"]} >= {
        "money",
        "date",
        "missing",
        "none",
    }


def test_what_is_ours_only_with_internal() -> None:
    ours = {"grade", "note", "reply"}
    inside = next(claim for claim in claims_in(net("reply")) if claim["sid"] == "s01")
    assert ours <= set(inside)
    assert inside["grade"] == "B3"
    shown = network.project(graph.load(CASES / "reply.yaml").store)
    assert not any(ours & set(claim) for claim in claims_in(shown))


def test_a_statement_whose_iri_holds_a_comma_is_found() -> None:
    denial = case_node("political-scandal", "doc/chart/c10")
    data = dumped(edition("political-scandal").quads, RdfFormat.N_QUADS).decode()
    store = Store()
    store.load(data.replace(f"{denial}>", f"{denial},b>").encode(), format=RdfFormat.N_QUADS)
    found = network.project(store)
    (proposition,) = (p for p in propositions_in(found) if f"{denial},b" in p["opposed_by"])
    speaker = next(claim["speaker"] for claim in claims_in(found) if claim["id"] == f"{denial},b")
    assert according_to(found, speaker).opposes[proposition["proposition"]] == (f"{denial},b",)
    assert speaker in choose(found).nodes, "a dispute is shown with its denier"
    shown = unplaced(found)
    assert shown["props"][short(proposition["proposition"])]["opposedBy"] == [short(f"{denial},b")]


def test_a_claim_that_was_taken_back_stays() -> None:
    found = {claim["sid"]: claim["retraction"] for claim in claims_in(net("withdrawn"))}
    assert found["s01"] == {"kind": "withdrawn", "by": "Valley Post", "on": "2031-05-09", "where": "page 2"}
    assert found["s02"]["kind"] == "corrected"
    assert found["g01"] is None
