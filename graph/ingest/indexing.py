"""The indexes of names and ranks in a store that has none, as one that was filled from files."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Quad

from ..base.terms import expand
from ..dataset.index import OF_ACTORS, OF_DOCUMENTS, index
from ..dataset.ranks import BY_OR_ABOUT, Ranks, rank_quads, ranks
from ..dataset.shape import NAMES, RANKS, SETTLED
from ..store import Store
from .source import Source, parts, words

#: So many actors and documents are read at once, and so many graphs of evidence, so that memory stays flat.
_BATCH, _GRAPHS = 5_000, 50
_ON = frozenset(map(expand, ("ag:claims", "ag:mentions")))


def is_ranked(store: Store, most: int) -> bool:
    """Whether a store has the index of ranks, or no more than so many relationships."""
    source = Source(store)
    if source.ask(f"SELECT ?x {{ GRAPH {RANKS} {{ ?x {BY_OR_ABOUT} ?n }} }} LIMIT 1"):
        return True
    return len(source.ask(f"SELECT ?x {{ ?x ag:line ?line }} LIMIT {most + 1}")) <= most


def indexed(store: Store) -> None:
    """Make the indexes of names and ranks, unless they are there."""
    source = Source(store)
    if not source.ask(f"SELECT ?x {{ GRAPH {NAMES} {{ ?x ag:nameKey ?key }} }} LIMIT 1"):
        _names(store, source)
    if not source.ask(f"SELECT ?x {{ GRAPH {RANKS} {{ ?x {BY_OR_ABOUT} ?n }} }} LIMIT 1"):
        _ranks(store, source)


def _names(store: Store, source: Source) -> None:
    read = ", ".join(f"<{predicate}>" for predicate in sorted({*OF_ACTORS, *OF_DOCUMENTS}))
    found = {
        words(row[0]) for pattern in ("?x ag:kind ?kind", "?x a ag:Document") for row in source.rows("?x", pattern)
    }
    for named in parts(sorted(found), _BATCH):
        rows = source.about(f"?x ?p ?o FILTER(?p IN ({read}))", named, "?x ?p ?o")
        store.change((), frozenset(index(Quad(s, p, o) for s, p, o in rows)))  # type: ignore[arg-type]


def _ranks(store: Store, source: Source) -> None:
    counts: Ranks = Counter()
    ends = f"GRAPH {SETTLED} {{ ?x ?p ?o }} FILTER(?p IN (rdf:subject, rdf:object))"
    for graphs in parts(sorted(source.digests()), _GRAPHS):
        quads = list(source.graphs(graphs))
        spoken = {words(quad.object) for quad in quads if quad.predicate.value in _ON}
        quads += (Quad(s, p, o, SETTLED) for s, p, o in source.about(ends, spoken, "?x ?p ?o"))  # type: ignore[arg-type]
        counts.update(ranks(quads))
    store.change((), frozenset(rank_quads(counts)))
