"""A case in, RDF quads out; and back.

Three levels of reading, so that no query takes an allegation for a fact by accident: plain triples for what an editor
accepted, mirrors (`said:`, `alleged:`, `notyet:`, `denied:`) that say how a relation stands, and the docket of
propositions and claims with everything.

Two layers, with one direction between them: `evidence` is what documents say, and `settled` is what follows from all of
it. Named graphs say where a triple comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ..base.terms import ID, PREFIXES, NamedNode, Quad
from ..case.model import Case, Proposition
from ..case.values import Quantity
from ..standing import Dockets, settle
from ..vocabulary.model import Vocabulary
from ..vocabulary.owl import in_dataset as vocabulary_quads
from .description import description, evidence_graph
from .evidence import evidence, total
from .index import index, published
from .ranks import rank_quads, ranks
from .reading import read_case
from .settled import settled
from .shape import ACCEPTED, DATASET, DESCRIPTION, MIRRORS, SETTLED, term

__all__ = [
    "ACCEPTED",
    "DATASET",
    "DESCRIPTION",
    "MIRRORS",
    "SETTLED",
    "build",
    "completed",
    "evidence",
    "index",
    "prefixes_used",
    "published",
    "rank_quads",
    "ranks",
    "read_case",
    "settled",
    "term",
    "used",
    "whole",
    "worn",
]


def build(case: Case, dockets: Dockets, *, internal: bool = False) -> list[Quad]:
    """Every quad of a case, in no particular order. `internal` adds our own grades, notes and requests for reply."""
    graphs = evidence(case, dockets.modality, internal=internal)
    if not internal:
        # What is not in the evidence leaves no trace in what follows from it: the days of our own requests, say.
        claims = (replace(claim, reply=None) if claim.reply else claim for claim in case.claims)
        case = replace(case, claims=tuple(claims))
    return whole(graphs, case, dockets)


def completed(graphs: Mapping[str, Collection[Quad]]) -> list[Quad]:
    """Graphs of evidence, and all that follows from them together."""
    case = read_case(quad for quads in graphs.values() for quad in quads)
    return whole(graphs, case, settle(case)) if graphs else []


def whole(graphs: Mapping[str, Collection[Quad]], case: Case, dockets: Dockets) -> list[Quad]:
    """The graphs of evidence of a case, and what follows from it."""
    quads = [quad for graph in graphs.values() for quad in graph]
    kinds = (actor.kind for actor in case.actors.values() if actor.case)
    quads += settled(case, dockets)
    quads += vocabulary_quads(used(case.vocabulary, case.propositions.values(), kinds), worn(quads))
    quads += description(case.parts, total(graphs))
    for graph in graphs:
        quads += evidence_graph(graph)
    # A relationship and a period of it have the same plain triple.
    return list(dict.fromkeys(quads))


def worn(quads: Collection[Quad]) -> set[str]:
    """The mirrors and standings that statements and relationships wear."""
    wearing, ties = {term("ag:relation"), term("ag:standing")}, set(MIRRORS.values())
    by_name = (quad.object for quad in quads if quad.predicate in wearing)
    return {
        *(node.value for node in by_name if isinstance(node, NamedNode)),
        *(quad.predicate.value for quad in quads if quad.graph_name in ties),
    }


def used(vocabulary: Vocabulary, propositions: Iterable[Proposition], kinds: Iterable[str]) -> Vocabulary:
    """The words of the vocabulary that these use; the whole of it is published as `ontology/actors.ttl`."""
    units: set[str] = set()
    relations: set[str] = set()
    for proposition in propositions:
        relations.add(proposition.relation)
        if isinstance(proposition.third, Quantity):
            units.update(word for word in (proposition.third.unit, *proposition.third.per) if word)
    return vocabulary.only(relations, kinds, units & set(vocabulary.units))


def prefixes_used(case: Case) -> dict[str, str]:
    """The prefixes of a dataset: the standard ones, and one for each case's own words."""
    own = {f"ns-{case_id}": f"{ID}{case_id}/ns#" for case_id in case.ids}
    return {**PREFIXES, **own}
