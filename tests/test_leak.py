"""Nothing that was only said becomes a fact, not even for a reasoner.

The closure is OWL 2 RL's (owlrl) over everything a dataset holds and `ontology/axioms.ttl`. What it may say with a
relation, or with a property that a relation has for its inverse, its wider or its narrower one, is what the accepted
relationships say and entail: no more.
"""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
from pyoxigraph import Store
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

import graph
from graph.base.resources import ontology
from graph.base.terms import ID, PREFIXES
from graph.store.rdflib_view import as_dataset
from graph.vocabulary.owl import quads
from graph.vocabulary.reader import standard

AG, PS, ORG, SCHEMA = (Namespace(PREFIXES[name]) for name in ("ag", "ps", "org", "schema"))
MIRRORS = tuple(PREFIXES[name] for name in ("said", "alleged", "notyet", "counterfactual", "denied"))
CASES = Path(__file__).parent / "cases"
Triple = tuple[Node, Node, Node]


def axioms() -> Graph:
    return Graph().parse(ontology() / "axioms.ttl")


def family(*graphs: Graph) -> set[Node]:
    """The relations, and every property that a chain of sub-properties and inverses ties to one."""
    found = {relation for triples in graphs for relation in triples.subjects(RDF.type, AG.RelationProperty)}
    pending = set(found)
    while pending:
        near = {
            other
            for triples in graphs
            for tie in (RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty)
            for one, other in [*triples.subject_objects(tie), *((o, s) for s, o in triples.subject_objects(tie))]
            if one in pending
        }
        pending = near - found
        found |= pending
    return found


def flat(store: Store) -> Graph:
    """The union of all graphs; of the texts only those that a relation or a mirror takes: no other entails one."""
    everything = Graph()
    everything += ((s, p, o) for s, p, o, _ in as_dataset(store).quads())
    relations = family(everything, axioms())
    kept = Graph()
    kept += (
        (s, p, o)
        for s, p, o in everything
        if not isinstance(o, Literal) or p in relations or str(p).startswith(MIRRORS)
    )
    kept.remove((URIRef(ID + "dataset"), None, None))
    return kept


def closure(triples: Graph) -> Graph:
    closed = triples + axioms()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(closed)
    return closed


def facts(triples: Graph, relations: set[Node]) -> set[Triple]:
    return {(s, p, o) for s, p, o in triples if p in relations}


def stated(dataset: Graph) -> Graph:
    """The plain triples of accepted relationships, as their propositions say it: not as the build wrote it."""
    found = Graph()
    for proposition in dataset.subjects(AG.status, PS.accepted):
        parts = (dataset.value(proposition, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        found.add(tuple(parts))
    for triple in dataset.triples((None, RDF.type, AG.RelationProperty)):
        found.add(triple)
    return found


def leaks(dataset: Graph) -> set[Triple]:
    relations = family(dataset, axioms())
    return facts(closure(dataset), relations) - facts(closure(stated(dataset)), relations)


@pytest.mark.slow
def test_reasoning_over_the_first_case_makes_no_fact(root: Path) -> None:
    dataset = flat(graph.load(root / "cases" / "us-el-salvador-prison-deal").store)
    assert len(family(dataset, axioms())) > 50
    assert set(dataset.subjects(AG.status, PS.accepted)) == set()
    assert facts(closure(dataset), family(dataset, axioms())) == set()


@pytest.fixture(scope="module")
def decided() -> Graph:
    return flat(graph.load(CASES / "accepted.yaml").store)


def test_what_was_accepted_is_there_with_what_it_entails_and_nothing_else(decided: Graph) -> None:
    case = Namespace(f"{ID}accepted/")
    front = case["hill-front"]
    assert facts(closure(decided), family(decided, axioms())) == {
        (case.corvena, SCHEMA.owns, case.a),
        (case.corvena, SCHEMA.owns, case.b),  # over a denial
        (case["luis-ortega"], ORG.memberOf, front),  # sensitive, on a judgment
        (case.a, SCHEMA.owner, case.corvena),
        (case.b, SCHEMA.owner, case.corvena),
        (front, ORG.hasMember, case["luis-ortega"]),
    }
    assert leaks(decided) == set()


def test_a_leak_is_found_with_what_it_entails(decided: Graph) -> None:
    case = Namespace(f"{ID}accepted/")
    leaking = decided + Graph()
    leaking.add((case["luis-ortega"], ORG.headOf, case.corvena))
    assert leaks(leaking) == {
        (case["luis-ortega"], ORG.headOf, case.corvena),
        (case["luis-ortega"], ORG.memberOf, case.corvena),
        (case.corvena, ORG.hasMember, case["luis-ortega"]),
    }


@pytest.mark.parametrize("tie", [RDFS.subPropertyOf, OWL.inverseOf], ids=["sub-property", "inverse"])
def test_a_mirror_tied_to_its_relation_would_leak(decided: Graph, tie: URIRef) -> None:
    leaking = decided + Graph()
    leaking.add((URIRef(PREFIXES["said"] + "owns"), tie, SCHEMA.owns))
    assert leaks(leaking)


def test_nothing_ties_a_mirror_to_anything(decided: Graph) -> None:
    ties = {RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.equivalentProperty}
    assert [
        (s, p, o)
        for s, p, o in decided + axioms()
        if p in ties and (str(s).startswith(MIRRORS) or str(o).startswith(MIRRORS))
    ] == []


def test_no_term_of_the_evidence_is_tied_to_a_relation() -> None:
    vocabulary = Graph()
    store = Store()
    store.extend(quads(standard()))
    vocabulary += ((s, p, o) for s, p, o, _ in as_dataset(store).quads())
    relations = set(vocabulary.subjects(RDF.type, AG.RelationProperty))
    ours = {name for name in family(vocabulary, axioms()) - relations if str(name).startswith(PREFIXES["ag"])}
    assert ours == set()


def test_a_relation_that_entails_a_sensitive_one_is_as_sensitive() -> None:
    by_iri = {relation.iri: relation for relation in standard().relations.values()}
    wider = axioms()
    bare = []
    for iri, relation in by_iri.items():
        for entailed in wider.transitive_objects(URIRef(iri), RDFS.subPropertyOf):
            other = by_iri.get(str(entailed))
            kinds = other.sensitive if other and not isinstance(other.sensitive, bool) else frozenset()
            if relation.sensitive is not True and not kinds <= (relation.sensitive or frozenset()):
                bare.append((relation.key, sorted(kinds)))
    assert bare == []
