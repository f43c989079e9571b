"""What the page asks of a SPARQL server gives what the library knows: relationships, names, neighbours, views, ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from page_cases.endpoint import answering
from page_cases.node import needs_node, run
from page_cases.pages import unplaced
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph import figures
from graph.base.ids import short
from graph.base.terms import ID, expand
from graph.draw.html import lifting
from graph.network import paths, speakers
from graph.network.records import claims_in, propositions_in
from graph.pipeline import CaseGraph
from graph.serve.cast_worker import opening_of_store

ROOT = Path(__file__).parent.parent
#: How the page counts: it is told with the page's data.
RULES = figures.as_data()["rules"]
MEASURED = {"nodes": ("x", "y", "ox", "oy", "degree", "opening"), "edges": ("opening", "curve")}
pytestmark = needs_node


def told(address: str, *jobs: tuple[Any, ...]) -> list[dict[str, Any]]:
    given = {"address": f"{address}/sparql", "jobs": jobs}
    found: list[dict[str, Any]] = json.loads(run("asked.js", given))["told"]
    return found


def answers(address: str, *jobs: tuple[Any, ...]) -> list[Any]:
    found = told(address, *jobs)
    assert [each for each in found if "error" in each] == []
    return [each["answer"] for each in found]


@pytest.fixture(scope="module")
def address(edition: CaseGraph) -> Iterator[str]:
    with answering(edition.store) as address:
        yield address


@pytest.fixture(scope="module")
def net(edition: CaseGraph) -> nx.MultiDiGraph:
    return edition.projection


def propositions(net: nx.MultiDiGraph) -> dict[str, dict[str, Any]]:
    return {p["proposition"]: p for p in propositions_in(net)}


def nodes(net: nx.MultiDiGraph) -> list[str]:
    return [node for node, attributes in sorted(net.nodes(data=True)) if attributes["type"] == "node"]


# --- loading


def unmeasured(data: dict[str, Any]) -> dict[str, Any]:
    for part, names in MEASURED.items():
        data[part] = [{key: value for key, value in each.items() if key not in names} for each in data[part]]
    return data


def test_loading_every_relationship_gives_the_whole_page(
    address: str, net: nx.MultiDiGraph, edition: CaseGraph
) -> None:
    (parts,) = answers(address, ("load", sorted(propositions(net))))
    data = json.loads(json.dumps(unmeasured(unplaced(net))))
    for part in ("props", "claims", "edges", "documents", "kinds", "relations", "folds"):
        assert parts[part] == data[part], part
    known = {node["id"]: node for node in data["nodes"]}
    here = {node["id"]: node for node in parts["nodes"]}
    # A thing that only a figure counts stands in no relationship.
    bare = {iri for iri, node in known.items() if not node["props"] and not node["says"]}
    assert known.keys() - here.keys() <= bare
    assert here == {iri: known[iri] for iri in here}


@pytest.mark.slow
def test_loading_one_relationship_brings_its_docket_whole(
    address: str, net: nx.MultiDiGraph, edition: CaseGraph
) -> None:
    data = json.loads(json.dumps(unmeasured(unplaced(net))))
    some = sorted(propositions(net))[::9]
    for iri, parts in zip(some, answers(address, *(("load", [iri]) for iri in some)), strict=True):
        prop = data["props"][short(iri)]
        assert parts["props"][short(iri)] == prop
        for claim in prop["claims"]:
            assert parts["claims"][claim] == data["claims"][claim]
        known = {node["id"] for node in parts["nodes"]}
        assert {end for end in (prop["subject"], prop["third"]) if end} <= known | parts["props"].keys()
        assert len(parts["props"]) < len(data["props"]) / 2


# --- what there is


def test_the_edition_and_its_counts(address: str, net: nx.MultiDiGraph, edition: CaseGraph) -> None:
    found, ours = answers(address, ("edition", RULES), ("ours",))
    assert ours is True
    assert (found["titles"], found["version"]) == (dict(edition.case.title), edition.case.version)
    stated = {name: value for name, value in asdict(edition.figures).items() if name in found["counts"]}
    assert found["counts"] == stated
    assert {"statements", "relationships", "documents", "disputed", "accepted"} <= stated.keys()


def test_a_store_that_states_no_figures_is_counted(edition: CaseGraph) -> None:
    counted, stated = Store(), set(figures.quads(edition.figures))
    counted.extend(quad for quad in edition.quads if quad not in stated)
    with answering(counted) as address:
        (found,) = answers(address, ("edition", RULES))
    assert found["counts"] == {
        name: value for name, value in asdict(edition.figures).items() if name in found["counts"]
    }
    assert {"statements", "own_statements", "speakers", "denied"} <= found["counts"].keys()


def test_what_needs_judgement(address: str, net: nx.MultiDiGraph) -> None:
    (found,) = answers(
        address, ("judged", ["disputed", "unanswered", "notyet", "soft", "open", "figures", "single"], 500)
    )
    every = propositions(net)
    assert set(found["disputed"]) == {iri for iri, p in every.items() if p["line"] == "disputed"} != set()
    assert set(found["unanswered"]) == set(net.graph["listed"]["unanswered_accusations"]) != set()
    assert set(found["figures"]) == {
        iri
        for iri, p in every.items()
        if p["origins"] == 1 and p["value"] and p["value"]["kind"] in ("money", "figure")
    }
    assert set(found["single"]) == {iri for iri, p in every.items() if p["origins"] == 1}
    for line in ("notyet", "soft", "open"):
        assert set(found[line]) == {iri for iri, p in every.items() if p["line"] == line}


# --- names


@pytest.mark.slow
def test_a_name_is_found_without_its_accents_in_any_case_and_by_its_parts(address: str, net: nx.MultiDiGraph) -> None:
    from graph.base.names import unaccented

    wanted = [(node, net.nodes[node]["label"]["en"]) for node in nodes(net)]
    jobs = [("search", unaccented(name).upper()) for _, name in wanted]
    for (node, name), found in zip(wanted, answers(address, *jobs), strict=True):
        assert node in found, name
    aliases = [(node, alias) for node in nodes(net) for alias in net.nodes[node]["aliases"]]
    for (node, alias), found in zip(
        aliases, answers(address, *(("search", alias) for _, alias in aliases)), strict=True
    ):
        assert node in found, alias
    # From the beginning of a word by its start alone; from within a word by reading every name.
    for text in ("buk", "Nay bukel", "ukele"):
        (found,) = answers(address, ("search", text))
        assert any("Bukele" in net.nodes[node]["label"]["en"] for node in found), text
    assert answers(address, ("search", "no such name"), ("search", 'a"} UNION { ?n ?p ?name } #')) == [[], []]


# --- round a node


def test_neighbours_come_ranked_in_pages_with_the_count(address: str, net: nx.MultiDiGraph) -> None:
    every = propositions(net)
    dockets = {n: {iri for iri, p in every.items() if n in (p["subject"], p["third"])} for n in nodes(net)}
    busiest = max(dockets, key=lambda node: len(dockets[node]))
    jobs = [("neighbours", busiest, 5, at) for at in range(0, len(dockets[busiest]), 5)]
    pages = answers(address, *jobs)
    listed = [iri for page in pages for iri in page["props"]]
    assert set(listed) == dockets[busiest] and len(listed) == len(set(listed)) == pages[0]["total"]
    rank = [(not every[iri]["disputed"], -len({c["id"] for c in every[iri]["claims"]})) for iri in listed]
    assert [disputed for disputed, _ in rank] == sorted(disputed for disputed, _ in rank)


def test_what_somebody_tells(address: str, net: nx.MultiDiGraph) -> None:
    who = sorted({c["speaker"] for c in claims_in(net) if c["speaker"]})
    for speaker, found in zip(who, answers(address, *(("told", s, 500, 0) for s in who)), strict=True):
        view = speakers.according_to(net, speaker)
        assert set(found["props"]) >= {*view.affirms, *view.opposes, *view.open} - {
            iri for side in (view.affirms, view.opposes) for iri, claims in side.items()
            if not any(c["proposition"] == iri for c in claims_in(net) if c["id"] in claims)
        }  # fmt: skip


# --- between two


def hop(hop: paths.Hop) -> tuple[str, str, str | None]:
    return short(hop.source), short(hop.target), short(hop.proposition["proposition"]) if hop.proposition else None


@pytest.mark.slow
@pytest.mark.parametrize("asked", [(), ("sensitive", "disputed", "notyet")], ids=["plain", "everything"])
def test_the_shortest_ways_between_two_are_those_of_the_library(
    address: str, net: nx.MultiDiGraph, asked: tuple[str, ...]
) -> None:
    pairs = list(combinations(nodes(net), 2))[::997]
    walk = {"sensitive": "sensitive" in asked, "disputed": "disputed" in asked, "not_yet": "notyet" in asked}
    found_some = 0
    for (a, b), found in zip(pairs, answers(address, *(("paths", a, b, asked, []) for a, b in pairs)), strict=True):
        known = paths.find(net, a, b, paths.Walk(**walk, limit=50))
        assert found["stated"] == sorted(short(p["proposition"]) for p in paths.direct(net, a, b).stated)
        shortest = {len(path.hops) for path in known[:1]}
        ways = {tuple(map(hop, path.hops)) for path in known if len(path.hops) in shortest}
        here = {tuple(map(tuple, hops)) for hops in found["paths"] if len(hops) in shortest}
        assert here == ways, (a, b)
        found_some += bool(ways)
    assert found_some > len(pairs) / 9


# --- a store of another size


HUB = 100_000


def hub_quads() -> Iterator[Quad]:
    """A node of 100,000 relationships, of which every thousandth is disputed; test_page_served.py has it served."""
    names = """rdf:type rdf:subject rdf:object rdf:predicate rdfs:label ag:kind ag:disputed ag:statements
        ag:origins ag:line ag:affirmedBy ag:standing ag:modality ag:level ag:sensitive ag:nameInSentence ag:Proposition
        ag:knows ag:Claim ag:claims ag:stance ag:speaker ag:document ag:order ag:phrase ag:summary ag:Kind
        ag:RelationProperty ag:Standing dcterms:identifier"""
    term = {name: NamedNode(expand(name)) for name in names.split()}
    boolean, integer = NamedNode(expand("xsd:boolean")), NamedNode(expand("xsd:integer"))
    yes, no = Literal("true", datatype=boolean), Literal("false", datatype=boolean)
    numbers = [Literal(str(n), datatype=integer) for n in range(8)]
    claim, standing = NamedNode(f"{ID}c/all"), NamedNode(f"{ID}standing/all")
    yield Quad(standing, term["rdf:type"], term["ag:Standing"])
    yield Quad(standing, term["ag:modality"], NamedNode(expand("mo:actual")))
    yield Quad(standing, term["ag:level"], NamedNode(expand("sl:affirmedFirmly")))
    document = NamedNode(f"{ID}big/document")
    yield Quad(term["ag:knows"], term["rdf:type"], term["ag:RelationProperty"])
    yield Quad(term["ag:knows"], term["dcterms:identifier"], Literal("knows"))
    hub, kind = NamedNode(f"{ID}big/hub"), NamedNode(f"{expand('kind:person')}")
    for at in range(HUB):
        p, other = NamedNode(f"{ID}p/{at:024x}"), NamedNode(f"{ID}big/a{at % 4999}")
        disputed = at % 1000 == 0
        yield Quad(p, term["rdf:type"], term["ag:Proposition"])
        yield Quad(p, term["rdf:subject"], hub)
        yield Quad(p, term["rdf:predicate"], term["ag:knows"])
        yield Quad(p, term["rdf:object"], other)
        yield Quad(p, term["ag:line"], Literal("disputed" if disputed else "said"))
        yield Quad(p, term["ag:disputed"], yes if disputed else no)
        yield Quad(p, term["ag:sensitive"], no)
        yield Quad(p, term["ag:statements"], numbers[1 + at % 7])
        yield Quad(p, term["ag:origins"], numbers[1])
        if disputed:
            yield from hub_claim(term, p, at, other, document)
        else:
            yield Quad(p, term["ag:affirmedBy"], claim)
        yield Quad(p, term["ag:standing"], standing)
    for node, name in ((hub, "the Hub"), *((NamedNode(f"{ID}big/a{at}"), f"Neighbour {at}") for at in range(5000))):
        yield Quad(node, term["ag:kind"], kind)
        yield Quad(node, term["ag:nameInSentence"], Literal(name, language="en"))
        yield Quad(node, term["rdfs:label"], Literal(name, language="en"))


def hub_claim(term: dict[str, NamedNode], p: NamedNode, at: int, who: NamedNode, document: NamedNode) -> Iterator[Quad]:
    """Disputed ones have their statements, too, so that a page can draw them."""
    for side, stance in (("ag:affirmedBy", "asserted"), ("ag:opposedBy", "denied")):
        claim = NamedNode(f"{ID}c/{at}-{stance}")
        yield Quad(p, NamedNode(expand(side)), claim)
        yield Quad(claim, term["rdf:type"], term["ag:Claim"])
        yield Quad(claim, term["ag:claims"], p)
        yield Quad(claim, term["ag:stance"], NamedNode(expand(f"st:{stance}")))
        yield Quad(claim, term["ag:speaker"], who)
        yield Quad(claim, term["ag:document"], document)
        yield Quad(claim, term["dcterms:identifier"], Literal(f"s{at}"))
        for name in ("rdfs:label", "ag:summary", "ag:phrase"):
            yield Quad(p, term[name], Literal(f"the Hub is said to know {at}", language="en"))


# --- when the server says no


def test_a_refusal_is_told_apart_from_silence(address: str) -> None:
    (nobody,) = told("http://127.0.0.1:9", ("ours",))
    assert nobody["error"] == "unreachable"
    from page_cases.endpoint import answering as serve

    with serve(Store()) as empty:
        found = answers(empty, ("ours",), ("edition", RULES), ("judged", ["disputed"], 5), ("search", "anybody"))
    assert found[0] is False and found[2] == {"disputed": []} and found[3] == []
    assert found[1]["counts"]["statements"] == 0


# --- data that is not of our vocabulary


def test_any_rdf_answers_the_same_questions(tmp_path: Path) -> None:
    from pyoxigraph import RdfFormat

    e = "http://example.org/"
    store = Store()
    store.load(
        f"""@prefix : <{e}> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix wd: <http://www.wikidata.org/entity/> .
        @prefix p: <http://www.wikidata.org/prop/> . @prefix ps: <http://www.wikidata.org/prop/statement/> .
        @prefix pq: <http://www.wikidata.org/prop/qualifier/> . @prefix wikibase: <http://wikiba.se/ontology#> .
        @prefix wdt: <http://www.wikidata.org/prop/direct/> . @prefix wds: <http://www.wikidata.org/entity/statement/> .
        :ada foaf:name "Ada Núñez" ; :knows :ben ; :age 42 ; :motto "a \\"b\\" \\n c"@en ; wdt:P39 :mayor .
        :ada p:P39 wds:a-1 . wds:a-1 ps:P39 :mayor ; wikibase:rank wikibase:NormalRank ; pq:P580 "2010" .
        :ben :knows :cy . :cy :knows :dee . :dee :owns :acme . :zoe :knows [ :knows :ada ] .
        :s rdf:subject :ada ; rdf:predicate :paid ; rdf:object :ben ; dcterms:source :gazette ; :since 2010 .""",
        format=RdfFormat.TURTLE,
    )
    with answering(store) as address:
        (found,) = answers(address, ("foreign", lifting(), f"{e}ada", f"{e}acme", "nunez"))
    assert found["hits"] == [f"{e}ada"] and found["missing"] == []
    # Without the blank node, which no server can be asked about, and without what makes up the other statements.
    assert found["total"] == 4
    assert {"“Ada Núñez · knows · ben”", "“Ada Núñez · age · 42”", "“Ada Núñez · paid · ben”"} <= set(found["props"])
    assert '“Ada Núñez · motto · a "b" \n c”' in found["props"]
    assert sorted(found["hedges"]) == ["P580: 2010", "since: 2010"]
    assert "gazette" in found["names"]
    steps = {(s.removeprefix(e), o.strip("<>").removeprefix(e)) for s, _, o in found["ways"]}
    assert steps == {("ada", "ben"), ("ben", "cy"), ("cy", "dee"), ("dee", "acme")}


@pytest.mark.parametrize(
    "text",
    [
        ":ada wp:P39 :st . :st wps:P39 :mayor .",
        ":talk prov:qualifiedAssociation :q . :q a prov:Association ; prov:agent :ada ; "
        + " ; ".join(f":note :n{number}" for number in range(20)) + " .",
        ":r a :Relationship ; :source :ada ; :target :ben .",
        ":ada :employs :ben . :ada owl:sameAs :a1 , :a2 . :ada mads:adminMetadata :record . :record ri:status :a1 .",
    ],
)  # fmt: skip
def test_what_only_makes_up_ties_or_keeps_records_opens_with_the_ties(text: str) -> None:
    from pyoxigraph import RdfFormat

    store = Store()
    store.load(
        f"""@prefix : <http://example.org/> . @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix wp: <http://www.wikidata.org/prop/> . @prefix wps: <http://www.wikidata.org/prop/statement/> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix mads: <http://www.loc.gov/mads/rdf/v1#> .
        @prefix ri: <http://id.loc.gov/ontologies/RecordInfo#> .
        {text}""",
        format=RdfFormat.TURTLE,
    )
    with answering(store) as address:
        (opening,) = answers(address, ("opening", lifting()))
    assert len(opening) == 1


# --- what the service asks for the page


@pytest.mark.parametrize("held", ["the first case", pytest.param("a hub", marks=pytest.mark.slow)])
def test_what_the_service_asks_for_the_page_is_what_the_page_would_ask(held: str, edition: CaseGraph) -> None:
    store = edition.store if held == "the first case" else Store()
    if held == "a hub":
        store.extend(hub_quads())
    cast = opening_of_store(store, {})
    assert cast["opening"]["first"]
    with answering(store) as address:
        without = {name: value for name, value in cast.items() if name != "opening"}
        ready, asking = answers(address, ("opens", RULES, cast), ("opens", RULES, without))
    assert ready["data"] == asking["data"]
    # What is not stated of itself is counted; nothing else is asked.
    if held == "the first case":
        assert ready["sent"] == ["cast"]
    assert len(asking["sent"]) > 10


# --- another engine


@pytest.mark.virtuoso
def test_another_engine_gives_the_page_the_same(
    virtuoso: str, edition: CaseGraph, net: nx.MultiDiGraph, address: str
) -> None:
    from graph.store.remote import Remote

    store = Remote(virtuoso.replace("://", "://dba:dba@", 1), may_remove=True)
    store.replace(edition.quads)
    store.close()
    every = sorted(propositions(net))
    some = [n for n in nodes(net) if net.degree(n) > 3][:4]
    jobs: list[tuple[Any, ...]] = [
        ("edition", RULES),
        ("load", every[::5]),
        ("judged", ["disputed", "unanswered", "notyet", "soft", "open", "figures"], 50),
        *(("neighbours", node, 10, 0) for node in some),
        *(("told", node, 10, 0) for node in some),
        ("search", "bukele"),
        ("paths", some[0], some[1], ["sensitive", "disputed", "notyet"], []),
    ]
    ours, theirs = answers(address, *jobs), answers(virtuoso.removesuffix("/sparql"), *jobs)
    for job, one, other in zip(jobs, ours, theirs, strict=True):
        if job[0] == "load":
            for part in ("props", "claims", "edges"):
                assert other[part] == one[part], part
        elif job[0] in ("judged", "search"):
            as_sets = [{k: sorted(v) for k, v in a.items()} if isinstance(a, dict) else sorted(a) for a in (one, other)]
            assert as_sets[0] == as_sets[1], job
        else:
            assert other == one, job
