"""A case in, RDF quads out; and back.

Three levels of reading, so that no query takes an allegation for a fact by accident: plain triples for what an editor
accepted, mirrors (`said:`, `alleged:`, `notyet:`, `denied:`) that say how a relation stands, and the docket of
propositions and claims with everything.

Two layers, with one direction between them: `evidence` is what documents say, and `settled` is what follows from all of
it. Named graphs say where a triple comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from pyoxigraph import Store

from ..base.terms import ID, PREFIXES, NamedNode, Quad
from ..case.model import Case, Proposition
from ..case.values import Quantity
from ..standing import Dockets, settle
from ..vocabulary.model import Vocabulary
from ..vocabulary.owl import in_dataset as vocabulary_quads
from .description import description, evidence_graph
from .evidence import evidence, graph_by_graph, total
from .index import Published, index, indexed_in, published
from .ranks import rank_quads, ranked_in, ranks
from .reading import read_case
from .settled import Settling, settled
from .shape import ACCEPTED, DATASET, DESCRIPTION, MIRRORS, SETTLED, term

__all__ = [
    "ACCEPTED",
    "DATASET",
    "DESCRIPTION",
    "MIRRORS",
    "SETTLED",
    "Published",
    "build",
    "completed",
    "evidence",
    "index",
    "indexed_in",
    "prefixes_used",
    "published",
    "rank_quads",
    "ranked_in",
    "ranks",
    "read_case",
    "settled",
    "term",
    "used",
    "whole",
    "worn",
]

#: Quads that go into a store together.
_AT_ONCE = 50_000


def build(case: Case, dockets: Dockets, *, internal: bool = False) -> Store:
    """A store of every quad of a case. `internal` adds our own grades, notes and requests for reply."""
    graphs = graph_by_graph(case, dockets.modality, internal=internal)
    if not internal:
        # What is not in the evidence leaves no trace in what follows from it: the days of our own requests, say.
        claims = (replace(claim, reply=None) if claim.reply else claim for claim in case.claims)
        case = replace(case, claims=tuple(claims))
    return whole(graphs, case, dockets)


def completed(graphs: Mapping[str, Collection[Quad]]) -> Store:
    """Graphs of evidence, and all that follows from them together."""
    case = read_case(quad for quads in graphs.values() for quad in quads)
    return whole(graphs.items(), case, settle(case)) if graphs else Store()


def whole(graphs: Iterable[tuple[str, Collection[Quad]]], case: Case, dockets: Dockets) -> Store:
    """The graphs of evidence of a case, by their IRIs, and what follows from it.

    Each graph goes into the store as it comes, so that nothing is held twice.
    """
    store, names = Store(), list[str]()

    def evidence_quads() -> Iterator[Quad]:
        for iri, quads in graphs:
            names.append(iri)
            yield from quads

    settling = Settling(case, dockets)
    of_dockets = (quad for docket in dockets.by_proposition.values() for quad in settling.docket(docket))
    _fill(store, chain(evidence_quads(), settling.names(), of_dockets))
    kinds = (actor.kind for actor in case.actors.values() if actor.case)
    words = vocabulary_quads(used(case.vocabulary, case.propositions.values(), kinds), worn(store))
    stamps = total(store.quads_for_pattern(None, term("ag:evidenceDigest"), None, None))
    store.extend(chain(words, description(case.parts, stamps), *map(evidence_graph, names)))
    return store


def _fill(store: Store, quads: Iterator[Quad]) -> None:
    """Put quads into a store: many at once, which is fast, and never all, each of which takes room while it goes in."""
    while some := list(islice(quads, _AT_ONCE)):
        store.bulk_extend(some)


def worn(store: Store) -> set[str]:
    """The mirrors and standings that statements and relationships wear."""
    by_name = (
        quad.object
        for name in ("ag:relation", "ag:standing")
        for quad in store.quads_for_pattern(None, term(name), None, None)
    )
    return {
        *(node.value for node in by_name if isinstance(node, NamedNode)),
        *(
            quad.predicate.value
            for graph in MIRRORS.values()
            for quad in store.quads_for_pattern(None, None, None, graph)
        ),
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
