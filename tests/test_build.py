"""From a case to RDF: the same bytes, nothing dropped, nothing anonymous, and nothing a fact that was only said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse
from rdflib import Dataset
from sampled import sampled

import graph
from graph import figures
from graph.base.terms import BASE, ID, PREFIXES, expand
from graph.case.lines import ANSWERING, STATING
from graph.case.model import Nested, Stance
from graph.case.values import parse_date, parse_quantity, plain
from graph.network import projection as network
from graph.network.records import claims_in
from graph.pipeline import CaseGraph
from graph.store import in_memory
from graph.vocabulary.reader import standard

TESTS = Path(__file__).resolve().parent
CASES = TESTS / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
#: What is said of a relationship only where it holds.
FLAGS = ("ag:disputed", "ag:deniedInPart", "ag:sensitive")
OPEN = [name for name in NAMES if not name.startswith("confidential")]
NS = BASE + "ns"


@cache
def edition(name: str) -> CaseGraph:
    return graph.load(CASES / f"{name}.yaml", internal=True)


@cache
def triples(name: str) -> dict[str, dict[str, list[Any]]]:
    """Subject → predicate → objects, over all graphs."""
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in edition(name).quads:
        found[quad.subject.value][quad.predicate.value].append(quad.object)
    return found


def of_type(name: str, type_: str) -> dict[str, dict[str, list[Any]]]:
    wanted = NamedNode(expand(type_))
    return {iri: found for iri, found in triples(name).items() if wanted in found.get(expand("rdf:type"), ())}


def has(found: dict[str, list[Any]], *names: str) -> bool:
    return all(found.get(expand(name)) for name in names)


def both_languages(found: dict[str, list[Any]], name: str) -> bool:
    return {value.language for value in found.get(expand(name), ())} == {"en", "es"}


# --- the same bytes

BUILD = "import sys, hashlib, graph; print(hashlib.sha256(graph.load(*sys.argv[1:]).trig).hexdigest())"


def built(seed: str, *paths: Path) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run(
        [sys.executable, "-c", BUILD, *map(str, paths)],
        capture_output=True, text=True, check=True, env=environment, cwd=TESTS.parent,
    )  # fmt: skip
    return run.stdout.strip()


@pytest.mark.parametrize("name", ["political-scandal", "accepted"])
def test_same_input_same_bytes_whatever_the_hash_seed(name: str) -> None:
    path = CASES / f"{name}.yaml"
    assert len({built(seed, path) for seed in ("0", "1", "4242")}) == 1


def split(name: str, folder: Path, names: list[str]) -> Path:
    """The YAML documents of a case as files of a folder, under the names given, in that order."""
    parts = (CASES / f"{name}.yaml").read_text().split("\n---\n")
    (folder / name).mkdir()
    for part, file in zip(parts, names, strict=True):
        (folder / name / file).write_text(part if part.endswith("\n") else part + "\n")
    return folder / name


@pytest.mark.parametrize("name", ["political-scandal", "same-proposition"])
def test_same_bytes_with_files_renamed_and_in_another_order(name: str, tmp_path: Path) -> None:
    whole = graph.load(CASES / f"{name}.yaml").trig
    for turn, names in enumerate((["a.yaml", "b.yaml", "c.yaml"], ["z.yaml", "m.yaml", "case.yaml"])):
        folder = tmp_path / str(turn)
        folder.mkdir()
        assert graph.load(split(name, folder, names)).trig == whole


def test_same_bytes_with_cases_named_in_another_order() -> None:
    paths = [CASES / "two-cases" / f"{name}.yaml" for name in ("harbour", "airfield")]
    first, second = graph.load(*paths), graph.load(*reversed(paths))
    described = NamedNode(ID + "dataset")  # title, editor and licence follow the order in which cases are named
    assert {q for q in first.quads if q.subject != described} == {q for q in second.quads if q.subject != described}


def test_same_bytes_with_passages_in_another_order(tmp_path: Path) -> None:
    name = "identity-only"
    text = (CASES / f"{name}.yaml").read_text()
    head, lines = text.split("      o1:")
    shuffled = sorted(("      o1:" + lines).splitlines(), key=lambda line: line[::-1])
    (tmp_path / f"{name}.yaml").write_text(head + "\n".join(shuffled) + "\n")
    assert graph.load(tmp_path / f"{name}.yaml").trig == graph.load(CASES / f"{name}.yaml").trig


# --- the shape of the dataset


@pytest.mark.parametrize("name", sampled(NAMES))
def test_no_blank_nodes_and_every_triple_in_exactly_one_graph(name: str) -> None:
    quads = edition(name).quads
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))
    graphs: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for quad in quads:
        graphs[quad.subject, quad.predicate, quad.object].add(str(quad.graph_name))
    assert [triple for triple, found in graphs.items() if len(found) != 1] == []


@pytest.mark.parametrize("name", sampled(NAMES))
def test_every_resource_is_labelled_in_both_languages(name: str) -> None:
    parts = {
        expand(type_)
        for type_ in ("ag:AttributionStep", "oa:TextQuoteSelector", "ag:Assessment", "ag:ReplyRequest")
    }  # fmt: skip
    for iri, found in triples(name).items():
        types = {value.value for value in found.get(expand("rdf:type"), ())}
        if iri.startswith(BASE) and not iri.startswith(ID):
            # Of a word it is said what it is called; its type is published with the vocabulary.
            assert both_languages(found, "rdfs:label"), iri
            continue
        if not types:
            # A named graph is all else that has no type of its own.
            assert set(found) <= {expand("dcterms:description"), expand("ag:evidenceDigest")}, iri
            continue
        if not types & parts:
            assert both_languages(found, "rdfs:label"), iri
        for label in found.get(expand("rdfs:label"), ()):
            assert label.language in ("en", "es"), iri


@pytest.mark.parametrize("name", sampled(NAMES))
def test_every_link_leads_somewhere(name: str) -> None:
    known = triples(name)
    missing = {
        value.value
        for found in known.values()
        for predicate, values in found.items()
        for value in values
        if isinstance(value, NamedNode) and value.value.startswith(ID) and value.value not in known
    }
    assert missing == set()


@pytest.mark.parametrize("name", sampled(NAMES))
def test_every_proposition_has_what_it_needs(name: str) -> None:
    found = of_type(name, "ag:Proposition")
    assert set(found) == set(edition(name).case.propositions)
    for iri, record in found.items():
        assert has(record, "rdf:subject", "rdf:predicate", "rdf:object", "ag:line"), iri
        for count in ("ag:origins", "ag:statements"):
            assert [value.value for value in record.get(expand(count), ())] != ["1"], "one is the rule"
        if expand("ag:summary") not in record:
            (claim,) = edition(name).dockets.by_proposition[iri].claims
            assert both_languages(triples(name)[claim], "rdfs:label"), iri
        assert all(value.value == "true" for name in FLAGS for value in record.get(expand(name), ())), iri
        for single in ("rdf:subject", "rdf:predicate", "rdf:object", "ag:line"):
            assert len(record[expand(single)]) == 1
        proposition = edition(name).case.propositions[iri]
        for end in (proposition.subject, proposition.third):
            if isinstance(end, Nested):
                assert NamedNode(end.iri) in record[expand("ag:about")]


@pytest.mark.parametrize("name", sampled(NAMES))
def test_every_claim_has_what_it_needs(name: str) -> None:
    claims = {**of_type(name, "ag:Claim"), **of_type(name, "ag:Mention")}
    assert set(claims) == {claim.iri for claim in edition(name).case.claims}
    for claim in edition(name).case.claims:
        record = claims[claim.iri]
        mention = claim.stance is Stance.MENTIONED
        assert has(record, "ag:mentions" if mention else "ag:claims", "ag:stance", "ag:word", "ag:speaker")
        assert not has(record, "ag:claims" if mention else "ag:mentions")
        assert has(record, "ag:document", "ag:passage")
        # The end of its IRI is its id, unless one is written.
        assert has(record, "dcterms:identifier") == (not claim.iri.endswith(f"/{claim.sid}"))
        assert has(record, "ag:modality") == (edition(name).dockets.modality[claim.iri] != "actual")
        assert has(record, "ag:order", "prov:qualifiedAttribution")
        assert len(record[expand("ag:speaker")]) == 1
        assert (expand("ag:soft") in record) == (claim.affirming and not edition(name).dockets.firm[claim.iri])
        steps = [triples(name)[step.value] for step in record[expand("prov:qualifiedAttribution")]]
        numbers = sorted(int(step[expand("ag:hop")][0].value) for step in steps)
        assert numbers == list(range(len(claim.chain)))
        for step in steps:
            assert has(step, "prov:agent", "prov:hadRole")
        passage = triples(name)[record[expand("ag:passage")][0].value]
        assert has(passage, "oa:hasSource", "ag:at")
        own = passage.get(expand("dcterms:language"), [None])[0]
        language = edition(name).case.documents[claim.document].language
        assert (own.value if own else language) == claim.passage.language
        summaries = [at for at in (record, passage) if expand("ag:summary") in at]
        assert len(summaries) == bool(claim.summary), "written once, at the statement or at its place"
        assert passage[expand("oa:hasSource")] == record[expand("ag:document")]


@pytest.mark.parametrize("name", sampled(NAMES))
def test_claims_stand_in_the_graph_of_their_document(name: str) -> None:
    documents = edition(name).case.documents
    for quad in edition(name).quads:
        if quad.predicate.value in (expand("ag:claims"), expand("ag:mentions"), expand("oa:hasSource")):
            assert quad.graph_name.value in documents


@pytest.mark.parametrize("name", sampled(NAMES))
def test_every_word_that_is_used_is_declared(name: str) -> None:
    """In the dataset, but for the properties of evidence: those are published with the vocabulary."""
    known = triples(name)
    published = {term.iri for term in standard().terms if any(kind.endswith("Property") for kind in term.types)}
    own = (BASE, ID + f"{name}/ns#")
    used = {q.predicate.value for q in edition(name).quads}
    used |= {q.object.value for q in edition(name).quads if q.predicate.value == expand("rdf:type")}
    used |= {
        value.value
        for found in known.values()
        for values in found.values()
        for value in values
        if isinstance(value, NamedNode) and value.value.startswith(BASE) and not value.value.startswith(ID)
    }
    undeclared = {
        iri
        for iri in used
        if iri.startswith(own)
        and (not iri.startswith(ID) or "/ns#" in iri)
        and iri != NS
        and not iri.startswith(f"{NS}/")
        if expand("rdfs:label") not in known.get(iri, {}) and iri not in published
    }
    assert undeclared == set()


# --- canonical values


@pytest.mark.parametrize("name", sampled(NAMES))
def test_only_canonical_lexical_forms(name: str) -> None:
    values = {
        quad.object
        for quad in edition(name).quads
        if isinstance(quad.object, Literal) and quad.object.datatype.value.startswith(PREFIXES["xsd"])
    }
    for value in values:
        kind = value.datatype.value.removeprefix(PREFIXES["xsd"])
        if kind == "decimal":
            assert plain(Decimal(value.value)) == value.value
        elif kind == "integer":
            assert str(int(value.value)) == value.value
        elif kind == "boolean":
            assert value.value in ("true", "false")
        elif kind in ("date", "gYear", "gYearMonth"):
            assert parse_date(value.value).datatype == f"xsd:{kind}"
        else:
            assert kind in ("string", "anyURI", "duration", "dateTime"), kind


def test_rdflib_and_oxigraph_count_the_same_values() -> None:
    query = "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o FILTER(ISLITERAL(?o)) }"
    for name in ("figures", "three-times", "same-proposition"):
        e = edition(name)
        (ours,) = in_memory(e.quads).query(query, use_default_graph_as_union=True)
        dataset = Dataset(default_union=True)
        dataset.parse(data=e.trig, format="trig")
        (theirs,) = dataset.query(query)
        assert int(ours[0].value) == int(theirs[0])
        assert len(dataset) == len(e.dataset) == len(e.quads)


@pytest.mark.parametrize("name", sampled(NAMES))
def test_trig_holds_every_quad(name: str) -> None:
    e = edition(name)
    assert set(parse(e.trig, format=RdfFormat.TRIG)) == set(e.quads)
    assert Counter(map(str, e.quads)).most_common(1)[0][1] == 1  # and none twice


numbers = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)


@settings(max_examples=100, deadline=None)
@given(numbers, st.integers(0, 3), st.sampled_from(["", "about ", "nearly "]))
def test_a_figure_is_one_node_however_it_is_written(value: Decimal, zeros: int, soft: str) -> None:
    units = standard().units
    text = plain(value)
    padded = f"{text}.{'0' * (zeros + 1)}" if "." not in text else text + "0" * zeros
    # Three digits after a point might be thousands, and are refused.
    padded += "0" if len(padded.partition(".")[2]) == 3 else ""
    one, _ = parse_quantity(f"{text} EUR", "money", units, {}.get)
    other, word = parse_quantity(f"{soft}{padded} EUR", "money", units, {}.get)
    assert (one, one.iri) == (other, other.iri)
    assert word == soft.strip()
    assert one.interval() == (value, value)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60))
def test_a_duration_is_one_node_in_any_unit(years: int) -> None:
    units = standard().units
    whole, months = (
        parse_quantity(text, None, units, {}.get)[0] for text in (f"{years} years", f"{12 * years} months")
    )
    assert whole == months
    assert whole.duration == f"P{years}Y"


@settings(max_examples=100, deadline=None)
@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_time_lies_between_its_ends(day: Any, precision: int) -> None:
    text = day.isoformat()
    found = parse_date(text[:precision])
    assert found.printed == text[:precision]
    assert found.earliest <= text <= found.latest
    if precision == 10:
        assert found.earliest == found.latest == text


# --- nothing a fact that was only said


@pytest.mark.parametrize("name", sampled(NAMES))
def test_no_plain_relation_that_was_not_accepted(name: str) -> None:
    e = edition(name)
    relations = {relation.iri for relation in e.case.vocabulary.relations.values()}
    allowed = set()
    for iri, docket in e.dockets.by_proposition.items():
        if docket.plain:
            assert docket.decision is not None
            assert docket.decision.accepted
            record = triples(name)[iri]
            allowed.add(tuple(record[expand(part)][0].value for part in ("rdf:subject", "rdf:predicate", "rdf:object")))
    nodes = {*e.case.actors, *e.case.propositions}
    stated = {
        (quad.subject.value, quad.predicate.value, quad.object.value): quad.graph_name
        for quad in e.quads
        if quad.predicate.value in relations and quad.subject.value in nodes
    }
    # `schema:location` and the like may stand nowhere else; identity and the docket use other words.
    assert set(stated) == allowed
    assert all(graph_name == NamedNode(ID + "graph/accepted") for graph_name in stated.values())


@pytest.mark.parametrize("name", sampled(NAMES))
def test_mirrors_are_exactly_what_the_dockets_say(name: str) -> None:
    e = edition(name)
    for mirror in ("said", "alleged", "notyet", "counterfactual", "denied"):
        shown = {
            (q.subject, q.predicate.value, q.object)
            for q in e.quads
            if q.graph_name == NamedNode(f"{ID}graph/{mirror}")
        }
        expected = set()
        for iri, docket in e.dockets.by_proposition.items():
            if mirror in docket.mirrors:
                record = triples(name)[iri]
                relation = e.case.vocabulary.relations[e.case.propositions[iri].relation]
                subject, third = record[expand("rdf:subject")][0], record[expand("rdf:object")][0]
                expected.add((subject, PREFIXES[mirror] + relation.mirror, third))
                if not relation.directed:
                    expected.add((third, PREFIXES[mirror] + relation.mirror, subject))
        assert shown == expected


# --- nothing dropped


def written(name: str) -> int:
    """How many claims the YAML holds: statements, times their speakers, times what they answer."""
    count = 0
    for document in yaml.load_all((CASES / f"{name}.yaml").read_text(), Loader=yaml.BaseLoader):
        for block in document.get("passages", ()):
            for section in {*STATING, *ANSWERING} & set(block):
                for value in block[section].values():
                    long = value if isinstance(value, dict) else {}
                    by = long.get("by", block.get("by", document["document"].get("by", "")))
                    of = long.get("of", value if section in ("denies", "contests", "confirms") else "")
                    count += (len(by) if isinstance(by, list) else 1) * (len(of) if isinstance(of, list) else 1)
    return count


@pytest.mark.parametrize("name", [name for name in NAMES if "format: 1" in (CASES / f"{name}.yaml").read_text("utf-8")])
def test_every_statement_that_is_written_is_a_claim(name: str) -> None:
    """In format 1, where each is a record; what a line of format 2 says stands in test_lines.py."""
    assert written(name) == len(edition(name).case.claims)


@pytest.mark.parametrize("name", sampled(NAMES))
def test_claims_are_rdf_are_network(name: str) -> None:
    e = edition(name)
    claims = sorted(claim.iri for claim in e.case.claims)
    assert len(claims) == len(set(claims))
    assert sorted([*of_type(name, "ag:Claim"), *of_type(name, "ag:Mention")]) == claims
    assert sorted(claim["id"] for claim in claims_in(network.project(e.store))) == claims


@pytest.mark.parametrize("name", OPEN)
def test_counts_in_the_description_hold(name: str) -> None:
    e = edition(name)
    record = triples(name)[ID + "dataset"]
    for name_, rule in figures.RULES.items():
        assert [value.value for value in record[expand(rule.term)]] == [str(getattr(e.figures, name_))]
    described = {value.value for value in record[expand("void:subset")]}
    used = {q.graph_name.value for q in e.quads}
    assert used <= described


def test_where_a_stranger_starts_in_a_store_that_keeps_documents_apart() -> None:
    e = edition("political-scandal")
    queries = [value.value for value in triples("political-scandal")[ID + "dataset"][expand("ag:startHere")]]
    by_graph = [query for query in queries if "GRAPH" in query]
    assert len(by_graph) == 2
    store: Store = e.store
    assert all(len(list(store.query(query))) > 5 for query in by_graph)
